from core.tests.access import SEE_KICKOFF, Row, slug
from reinforcement.tests.campaigns.matrix import prepare as prepare_campaign
from reinforcement.tests.factories import TouchFactory

REP = frozenset({"rep"})
THEIR_MANAGER = frozenset({"manager"})
MANAGERS = frozenset({"manager", "other_manager"})


def prepare(world):
    if "activity" not in world.things:
        prepare_campaign(world)
    world.things["touch"] = TouchFactory(activity=world.things["activity"], person=world["rep"])


def _touch(world):
    return {**slug(world), "touch_id": world.things["touch"].pk}


ROWS = [
    Row("reinforcement:touches:mine", SEE_KICKOFF, slug),
    Row("reinforcement:touches:detail", REP | THEIR_MANAGER, _touch),
    Row("reinforcement:touches:complete", REP, _touch, method="post"),
    Row("reinforcement:touches:extend", THEIR_MANAGER, _touch, method="post"),
    Row("reinforcement:touches:follow_ups", MANAGERS, slug),
]
