from agenda.presence import queries, rules
from core.tests.access import ON_THE_ROSTER, PLANNERS, Row, slug


def _session(world):
    return slug(world) | {"session_id": world.things["session"].pk}


def _wall(world):
    """The session of the agenda's matrix is in a room, whose wall this is."""
    room_id = world.things["session"].room_id
    code = rules.room_code(queries.secret(), room_id)
    return slug(world) | {"room_id": room_id, "code": code}


ROWS = [
    Row("agenda:presence:mine", ON_THE_ROSTER, slug),
    Row("agenda:presence:mine", ON_THE_ROSTER, slug, method="post"),
    Row("agenda:presence:board", PLANNERS, slug),
    Row("agenda:presence:rooms", PLANNERS, slug),
    Row("agenda:presence:room", ON_THE_ROSTER, _wall),
    Row("agenda:presence:room", ON_THE_ROSTER, _wall, method="post"),
    Row("agenda:presence:screen", PLANNERS, _session),
]
