from datetime import UTC, date, datetime, timedelta

from agenda.reviews import actions
from agenda.reviews.actions import Interview, Named
from agenda.reviews.models import Review, Statement
from agenda.reviews.rules.reasons import Weight
from agenda.tests.factories import SessionFactory
from core.tests.access import ON_THE_ROSTER, PLANNERS, Row, slug
from events.tests.factories import AccountFactory, OpportunityFactory

REP = frozenset({"rep"})
AT = datetime(2026, 12, 1, tzinfo=UTC)
LED = PLANNERS | {"other_manager"}  # who facilitates
TEAM = LED | REP
GONE = frozenset({302, 404})  # the first of them takes it away


def decided(world, name, stage, **more):
    """A deal of the rep's that closed before the kickoff of the world."""
    return OpportunityFactory(
        owner=world["rep"],
        account=AccountFactory(name=name),
        stage=stage,
        close_date=date(2026, 11, 20),
        value=412_000,
        **more,
    )


def prepare(world):
    kickoff, planner, at = world.kickoff, world["planner"], AT
    session = SessionFactory(
        kickoff=kickoff,
        type="WIN_LOSS_REVIEW",
        title="Two won, one lost",
        starts_at=kickoff.doors_open_at + timedelta(days=1, hours=3),
        room__name="Review room",
    )
    session.people.create(person=world["other_manager"], part="FACILITATOR")
    places = actions.open_places(kickoff=kickoff, by=planner, at=at)
    for place in places:
        Review.objects.filter(pk=place.pk).update(session=session)
        place.refresh_from_db()
    deal = decided(world, "Alder Freight", "LOST", competitor="Frostline")
    review = actions.choose_deal(review=places[2], deal=deal, why="largest", by=planner, at=at)
    asked = actions.ask_interview(
        kickoff=kickoff, deal=deal, interviewer=world["peer"], by=planner, at=at
    )
    actions.write_interview(
        statement=asked,
        interview=Interview(held_date=date(2026, 11, 30), role="Head of operations", may_room=True),
        named={"PROCESS_FAILURE": Named(Weight.MAIN, "Your contract took 41 days")},
        by=world["peer"],
        at=at,
    )
    actions.go_on(review=review, seen=0, by=planner, at=at)
    theme = actions.keep_theme(
        kickoff=kickoff,
        said=actions.Said(words="Nobody signs", reason="PROCESS_FAILURE", deals=[deal]),
        by=planner,
        at=at,
    )
    world.things |= {
        "review": review,
        "empty_review": places[0],
        "review_session": session,
        "review_deal": deal,
        "interview": asked,
        "rep_form": Statement.objects.get(deal=deal, side="REP"),
        "prep_step": review.steps.filter(owner=world["rep"]).first(),
        "review_theme": theme,
        "won_deal": decided(world, "Port of Ashdown", "WON"),
    }


def of(name, thing):
    """The kwargs of a URL that names one thing of `prepare`."""
    return lambda world: slug(world) | {name: world.things[thing].pk}


def step(world):
    return of("review_id", "review")(world) | {"step_id": world.things["prep_step"].pk}


_REVIEW = of("review_id", "review")
_EMPTY = of("review_id", "empty_review")
_THEME = of("theme_id", "review_theme")
_DEAL = of("deal_id", "review_deal")
_INTERVIEW = of("statement_id", "interview")
_FORM = of("statement_id", "rep_form")
_PHONE = of("session_id", "review_session")

ROWS = [
    Row("agenda:reviews:board", PLANNERS, slug),
    Row("agenda:reviews:open", PLANNERS, slug, method="post"),
    Row("agenda:reviews:add", PLANNERS, slug, method="post"),
    Row("agenda:reviews:records", PLANNERS, slug),
    Row("agenda:reviews:record", PLANNERS | {"peer"}, _INTERVIEW),
    Row("agenda:reviews:record", REP, _FORM),
    Row("agenda:reviews:record", REP, _FORM, method="post", data=lambda _w: {"main": "UNKNOWN"}),
    Row("agenda:reviews:withdraw", PLANNERS | {"peer"}, _INTERVIEW, method="post"),
    Row("agenda:reviews:ask", PLANNERS, _DEAL),
    Row("agenda:reviews:ask", PLANNERS, _DEAL, method="post"),
    Row("agenda:reviews:theme_add", PLANNERS, slug),
    Row("agenda:reviews:theme_add", PLANNERS, slug, method="post"),
    Row("agenda:reviews:theme_edit", PLANNERS, _THEME),
    Row("agenda:reviews:theme_edit", PLANNERS, _THEME, method="post"),
    Row("agenda:reviews:theme_send", PLANNERS, _THEME, method="post"),
    Row("agenda:reviews:theme_drop", PLANNERS, _THEME, method="post"),
    Row("agenda:reviews:phone", ON_THE_ROSTER, _PHONE),
    Row("agenda:reviews:detail", LED, _REVIEW),
    Row("agenda:reviews:edit", PLANNERS, _EMPTY),
    Row("agenda:reviews:edit", PLANNERS, _EMPTY, method="post"),
    Row("agenda:reviews:choose", PLANNERS, _EMPTY),
    Row(
        "agenda:reviews:choose",
        PLANNERS,
        _EMPTY,
        method="post",
        data=lambda world: {"deal": world.things["won_deal"].pk},
    ),
    Row("agenda:reviews:free", PLANNERS, _EMPTY, method="post"),
    Row("agenda:reviews:paper", LED, _REVIEW),
    Row("agenda:reviews:prep", TEAM, _REVIEW),
    Row("agenda:reviews:prep", LED, _REVIEW, method="post"),
    Row("agenda:reviews:tick", TEAM, step, method="post"),
    Row("agenda:reviews:step_drop", LED, step, method="post", ok=GONE),
    Row("agenda:reviews:room", LED, _REVIEW),
    Row("agenda:reviews:go", LED, _REVIEW, method="post", data=lambda _w: {"seen": 1}),
    Row(
        "agenda:reviews:guess",
        ON_THE_ROSTER,
        _REVIEW,
        method="post",
        data=lambda _w: {"reason": "COMPETITOR"},
    ),
    Row(
        "api:reviews-list",
        PLANNERS,
        slug,
        login=frozenset({401}),
    ),
]
