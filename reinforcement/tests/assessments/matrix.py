from core.tests.access import Row, slug
from reinforcement.tests.factories import ActivityFactory, TouchFactory
from reinforcement.tests.touches.matrix import MANAGERS, THEIR_MANAGER
from reinforcement.tests.touches.matrix import prepare as prepare_touch


def prepare(world):
    if "touch" not in world.things:
        prepare_touch(world)
    activity = ActivityFactory(campaign=world.things["campaign"], kind="CERTIFICATION")
    world.things["to_mark"] = TouchFactory(
        activity=activity, person=world["manager"], about=world["rep"]
    )


def _to_mark(world):
    return {**slug(world), "touch_id": world.things["to_mark"].pk}


ROWS = [
    Row("reinforcement:assessments:results", frozenset({"planner", "executive"}), slug),
    Row("reinforcement:assessments:certifications", MANAGERS, slug),
    Row("reinforcement:assessments:score", THEIR_MANAGER, _to_mark),
    Row("reinforcement:assessments:score", THEIR_MANAGER, _to_mark, method="post"),
]
