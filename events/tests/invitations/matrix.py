from datetime import UTC, date, datetime

from core.tests.access import PLANNERS, Row, slug
from events.invitations.models import Wave


def prepare(world):
    world.things["wave"] = Wave.objects.create(
        kickoff=world.kickoff,
        name="Reps",
        deadline_date=date(2027, 1, 15),
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def _wave(world):
    return {"slug": world.kickoff.slug, "wave_id": world.things["wave"].pk}


REFUSED = frozenset({422})
ROWS = [
    Row("events:invitations:list", PLANNERS, slug),
    Row("events:invitations:add", PLANNERS, slug),
    Row("events:invitations:add", PLANNERS, slug, method="post", ok=REFUSED),
    Row("events:invitations:choose", PLANNERS, slug, method="post"),
    Row("events:invitations:wave", PLANNERS, _wave),
    Row("events:invitations:wave", PLANNERS, _wave, method="post", ok=REFUSED),
    Row("events:invitations:preview", PLANNERS, _wave),
    Row("events:invitations:send", PLANNERS, _wave, method="post"),
    Row("events:invitations:remind", PLANNERS, _wave, method="post"),
    Row("events:invitations:remove", PLANNERS, _wave, method="post"),
]
