from datetime import UTC, datetime

from agenda.sessions.actions import release_agenda
from agenda.sessions.rules import Kind
from agenda.tests.factories import SessionFactory
from core.tests.access import PLANNERS, SEE_KICKOFF, Row, slug


def prepare(world):
    world.things["session"] = SessionFactory(kickoff=world.kickoff)
    release_agenda(
        kickoff=world.kickoff,
        by=world["planner"],
        at=datetime(2027, 1, 8, tzinfo=UTC),
        override_reason="A session of the insights is over",
    )


def _session(world):
    return {"slug": world.kickoff.slug, "session_id": world.things["session"].pk}


ROWS = [
    Row("agenda:sessions:grid", PLANNERS, slug),
    Row("agenda:sessions:list", PLANNERS, slug),
    Row("agenda:sessions:create", PLANNERS, slug),
    Row("agenda:sessions:people", PLANNERS, slug),
    Row("agenda:sessions:detail", PLANNERS, _session),
    Row("agenda:sessions:edit", PLANNERS, _session),
    Row(
        "agenda:sessions:move", PLANNERS, _session, method="post", data=lambda world: {"version": 1}
    ),
    Row("agenda:sessions:delete", PLANNERS, _session, method="post"),
    Row("agenda:sessions:severities", PLANNERS, slug),
    Row(
        "agenda:sessions:severities",
        PLANNERS,
        slug,
        method="post",
        data=lambda world: dict.fromkeys(Kind, "WARN"),
    ),
    Row("agenda:sessions:changes", PLANNERS, slug),
    Row("agenda:sessions:release", PLANNERS, slug, method="post"),
    Row("agenda:sessions:mine", SEE_KICKOFF, slug),
    Row("agenda:sessions:released", SEE_KICKOFF, _session),
    Row("agenda:sessions:speaking", SEE_KICKOFF, slug),
]
