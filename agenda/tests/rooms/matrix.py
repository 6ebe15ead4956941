from agenda.tests.factories import RoomFactory
from core.tests.access import PLANNERS, Row, slug


def prepare(world):
    world.things["room"] = RoomFactory(kickoff=world.kickoff)


def _room(world):
    return {"slug": world.kickoff.slug, "room_id": world.things["room"].pk}


ROWS = [
    Row("agenda:rooms:list", PLANNERS, slug),
    Row("agenda:rooms:add", PLANNERS, slug),
    Row("agenda:rooms:edit", PLANNERS, _room),
    Row("agenda:rooms:delete", PLANNERS, _room, method="post"),
]
