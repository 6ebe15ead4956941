from datetime import UTC, date, datetime

from agenda.panels.actions import catch_quote, hear_question, say_consent
from agenda.panels.models import CustomerBase
from agenda.panels.queries import token_of
from agenda.tests.factories import SessionPersonFactory
from agenda.tests.panels.factories import (
    IssueFactory,
    PanelFactory,
    PanelistFactory,
    PanelQuestionFactory,
)
from core.tests.access import EVERYBODY, ON_THE_ROSTER, PLANNERS, Row, slug

AT = datetime(2026, 12, 1, tzinfo=UTC)
LEADS = frozenset({"planner", "other_manager"})  # who facilitates it
CALLS = LEADS | {"manager"}  # who holds the call with its panelist
UNDONE = frozenset({422})
GONE = frozenset({302, 404})  # the first of them takes it away


def prepare(world):
    session = PanelFactory(
        kickoff=world.kickoff,
        title="Three customers",
        starts_at=datetime(2027, 2, 3, 14, tzinfo=UTC),
    )
    SessionPersonFactory(session=session, person=world["other_manager"], part="FACILITATOR")
    panelist = PanelistFactory(
        session=session,
        prep_by=world["manager"],
        prep_date=date(2027, 1, 18),
        name="Maren Falk",
        sensitive="Their lawsuit",
    )
    issue = IssueFactory(session=session)
    spare = IssueFactory(session=session, number=2, words="Why they bought")
    question = PanelQuestionFactory(issue=issue)
    say_consent(panelist=panelist, places=["ROOM"], by=world["planner"], at=AT)
    quote = catch_quote(panelist=panelist, words="Call me first.", by=world["planner"], at=AT)
    heard = hear_question(session=session, words="What would you miss?", by=world["rep"], at=AT)
    CustomerBase.objects.create(
        kickoff=world.kickoff, score=31, answers=412, measured_date=date(2026, 11, 1)
    )
    world.things["panel"] = {
        "session_id": session.pk,
        "panelist_id": panelist.pk,
        "issue_id": spare.pk,
        "question_id": question.pk,
        "heard_id": heard.pk,
        "quote_id": quote.pk,
    }
    world.things["panelist"] = panelist


def of(*names):
    def kwargs(world):
        return slug(world) | {name: world.things["panel"][name] for name in ("session_id", *names)}

    return kwargs


def _link(world):
    return {"token": token_of(world.things["panelist"])}


PANEL, PANELIST, QUESTION = of(), of("panelist_id"), of("question_id")

ROWS = [
    Row("agenda:panels:list", LEADS, slug),
    Row("agenda:panels:list", PLANNERS, slug, method="post", ok=UNDONE),
    Row("agenda:panels:export", PLANNERS, slug),
    Row("agenda:panels:panel", LEADS, PANEL),
    Row("agenda:panels:sheet", LEADS, PANEL),
    Row("agenda:panels:add_panelist", LEADS, PANEL),
    Row("agenda:panels:add_panelist", LEADS, PANEL, method="post", ok=UNDONE),
    Row("agenda:panels:panelist", LEADS, PANELIST),
    Row("agenda:panels:panelist", LEADS, PANELIST, method="post", ok=UNDONE),
    Row("agenda:panels:link", LEADS, PANELIST, method="post"),
    Row("agenda:panels:invite", PLANNERS, PANELIST, method="post"),
    Row("agenda:panels:prep", CALLS, PANELIST),
    Row("agenda:panels:prep", CALLS, PANELIST, method="post", ok=UNDONE),
    Row("agenda:panels:consent", CALLS, PANELIST, method="post"),
    Row("agenda:panels:remove_panelist", LEADS, PANELIST, method="post", ok=GONE),
    Row("agenda:panels:add_issue", LEADS, PANEL, method="post"),
    Row("agenda:panels:issue", LEADS, of("issue_id"), method="post"),
    Row("agenda:panels:add_question", LEADS, PANEL),
    Row("agenda:panels:add_question", LEADS, PANEL, method="post", ok=UNDONE),
    Row("agenda:panels:question", LEADS, QUESTION),
    Row("agenda:panels:question", LEADS, QUESTION, method="post", ok=UNDONE),
    Row("agenda:panels:remove_question", LEADS, QUESTION, method="post", ok=GONE),
    Row("agenda:panels:begin", LEADS, QUESTION, method="post"),
    Row("agenda:panels:end", LEADS, QUESTION, method="post"),
    Row("agenda:panels:run", LEADS, PANEL),
    Row("agenda:panels:hear", LEADS, PANEL),
    Row("agenda:panels:merge", LEADS, of("heard_id"), method="post"),
    Row("agenda:panels:insight", LEADS, of("heard_id"), method="post"),
    Row("agenda:panels:aside", LEADS, of("heard_id"), method="post"),
    Row("agenda:panels:quote", LEADS, PANEL, method="post", ok=UNDONE),
    Row("agenda:panels:drop_quote", LEADS, of("quote_id"), method="post", ok=GONE),
    Row("agenda:panels:follow_up", LEADS, PANEL, method="post", ok=UNDONE),
    Row("agenda:panels:room", ON_THE_ROSTER, PANEL),
    Row("agenda:panels:room", ON_THE_ROSTER, PANEL, method="post", ok=UNDONE),
    Row("api:panels-list", LEADS, slug, login=frozenset({401})),
    Row("agenda:panelist_by_link", EVERYBODY, _link),
    Row("agenda:panelist_by_link", EVERYBODY, _link, method="post"),
]
