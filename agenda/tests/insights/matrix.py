from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from agenda.insights import actions
from agenda.sessions.models import Release, ReleasedSession
from core.tests.access import ON_THE_ROSTER, PLANNERS, SEE_KICKOFF, Row, slug

WATCHERS = PLANNERS | {"executive"}
OWNER = frozenset({"other_manager"})
AT = datetime(2026, 2, 3, 9, tzinfo=UTC)  # long ago


def prepare(world):
    for name, what in (
        ("insight", "Depot managers cannot mute an alert at night"),
        ("insight_answered", "Show who changed a route"),
        ("insight_alike", "Depot managers cannot mute alerts at night"),
        ("insight_apart", "Pay for pilots again"),
    ):
        world.things[name] = actions.send_insight(
            kickoff=world.kickoff, session=None, what=what, by=world["rep"], at=AT
        )
    for name in ("insight", "insight_answered"):
        actions.give(
            insight=world.things[name],
            owner=world["other_manager"],
            due=date(2099, 1, 1),
            by=world["planner"],
            at=AT,
        )
    actions.answer(
        insight=world.things["insight_answered"], text="It is on", by=world["other_manager"], at=AT
    )
    actions.merge(
        insight=world.things["insight_apart"],
        into=world.things["insight_alike"],
        by=world["planner"],
        at=AT,
    )


def _of(name):
    return lambda world: slug(world) | {"insight_id": world.things[name].pk}


def session(world):
    """A session that began long ago, in whatever release is the last by now."""
    shown, _made = ReleasedSession.objects.get_or_create(
        release=Release.objects.filter(kickoff=world.kickoff).order_by("-number")[0],
        session_id=2**40,
        defaults={
            "title": "Renewal pricing",
            "type": "WORKSHOP",
            "where": "Tejo",
            "starts_at": AT,
            "ends_at": AT + timedelta(hours=1),
        },
    )
    return slug(world) | {"session_id": shown.session_id}


def both(world):
    return _of("insight_alike")(world) | {"into_id": world.things["insight"].pk}


def give(world):
    return {"owner": world["manager"].email, "due": "2099-01-01"}


def said(world):
    words = dict.fromkeys(("text", "reason", "change", "what"), "Said")
    return words | {"heard": 1, "name": "nameless", "key": UUID(int=7)}


ROWS = [
    Row("agenda:insights:board", WATCHERS | OWNER, slug),
    Row("agenda:insights:export", WATCHERS | OWNER, slug),
    Row("agenda:insights:remind", PLANNERS, slug, method="post"),
    Row("agenda:insights:mine", ON_THE_ROSTER | WATCHERS, slug),
    Row("agenda:insights:changes", ON_THE_ROSTER | WATCHERS, slug),
    Row("agenda:insights:send", SEE_KICKOFF, session),
    Row("agenda:insights:send", SEE_KICKOFF, session, method="post", data=said),
    Row("agenda:insights:page", WATCHERS | OWNER, _of("insight")),
    Row("agenda:insights:page", WATCHERS, _of("insight_alike")),
    Row("agenda:insights:answer", ON_THE_ROSTER | WATCHERS, _of("insight_answered")),
    Row("agenda:insights:answer", frozenset(), _of("insight")),
    Row("agenda:insights:give", PLANNERS, _of("insight"), method="post", data=give),
    Row("agenda:insights:reply", PLANNERS | OWNER, _of("insight"), method="post", data=said),
    Row("agenda:insights:decline", PLANNERS | OWNER, _of("insight"), method="post", data=said),
    Row("agenda:insights:act", PLANNERS | OWNER, _of("insight"), method="post", data=said),
    Row("agenda:insights:remark", PLANNERS | OWNER, _of("insight"), method="post", data=said),
    Row("agenda:insights:merge", PLANNERS, both, method="post"),
    Row("agenda:insights:part", PLANNERS, _of("insight_apart"), method="post"),
]
