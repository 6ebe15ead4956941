from datetime import UTC, datetime

from agenda.insights.actions import send_insight
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionFactory
from core.tests.access import PLANNERS, SEE_KICKOFF, Row, slug

WATCHERS = PLANNERS | {"executive"}
AT = datetime(2026, 2, 3, 9, tzinfo=UTC)  # long ago, so that the session has begun


def prepare(world):
    session = SessionFactory(kickoff=world.kickoff, title="Renewal pricing", starts_at=AT)
    release_agenda(kickoff=world.kickoff, by=world["planner"], at=AT, override_reason="It is over")
    world.things["heard_in"] = session
    world.things["insight"] = send_insight(
        kickoff=world.kickoff,
        session=session,
        what="Depot managers cannot mute an alert at night",
        by=world["rep"],
        at=AT,
    )


def insight(world):
    return slug(world) | {"insight_id": world.things["insight"].pk}


def session(world):
    return slug(world) | {"session_id": world.things["heard_in"].pk}


ROWS = [
    Row("agenda:insights:send", SEE_KICKOFF, session),
    Row("agenda:insights:send", SEE_KICKOFF, session, method="post"),
    Row("agenda:insights:page", WATCHERS, insight),
]
