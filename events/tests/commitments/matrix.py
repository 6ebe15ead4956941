from datetime import UTC, datetime

from core.tests.access import ON_THE_ROSTER, SEE_KICKOFF, Row, slug
from events.commitments.actions import Promise, promise
from events.commitments.models import ActionPlan

REP, MANAGER = frozenset({"rep"}), frozenset({"manager"})
MANAGERS = frozenset({"manager", "other_manager"})
WATCHERS = frozenset({"planner", "executive"})
AT = datetime(2026, 12, 1, tzinfo=UTC)


def prepare(world):
    rep, kickoff = world["rep"], world.kickoff
    made = promise(
        kickoff=kickoff, person=rep, source="OWN", said=Promise(words="Call"), by=rep, at=AT
    )
    world.things["commitment"], world.things["time"] = made, made.occurrences.get()
    ActionPlan.objects.create(kickoff=kickoff, person=rep, adopted_at=AT)


def commitment(world):
    return slug(world) | {"commitment_id": world.things["commitment"].pk}


def time(world):
    return slug(world) | {"occurrence_id": world.things["time"].pk}


def the_rep(world):
    return slug(world) | {"person_id": world["rep"].pk}


ROWS = [
    Row("events:commitments:mine", SEE_KICKOFF, slug),
    Row("events:commitments:add", ON_THE_ROSTER, slug, method="post"),
    Row("events:commitments:change", REP, commitment),
    Row("events:commitments:change", REP, commitment, method="post"),
    Row("events:commitments:done", REP, time, method="post"),
    Row("events:commitments:review", ON_THE_ROSTER, slug),
    Row("events:commitments:review", ON_THE_ROSTER, slug, method="post"),
    Row("events:commitments:team", MANAGERS, slug),
    Row("events:commitments:report", MANAGER, the_rep),
    Row("events:commitments:agree", MANAGER, the_rep, method="post"),
    Row("events:commitments:board", WATCHERS, slug),
]
