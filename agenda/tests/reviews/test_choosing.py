"""Places, the deals that are chosen for them, and what is prepared."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.urls import reverse

from agenda.insights.models import Insight
from agenda.reviews import actions
from agenda.reviews.actions import ReviewRefused
from agenda.reviews.models import PrepStep, Review, Statement, Theme
from agenda.reviews.queries.desk import candidates, themes_of
from agenda.reviews.queries.readiness import check_readiness
from agenda.tests.factories import SessionFactory
from agenda.tests.reviews.conftest import AT
from core.tests.races import at_once
from events.kickoff.hooks import Before
from events.tests.factories import KickoffFactory
from people.tests.factories import PlannerFactory


def test_three_places_are_opened_once_in_the_session_of_the_kickoff(reviewed):
    again = actions.open_places(kickoff=reviewed.kickoff, by=reviewed.planner, at=AT)

    assert [one.outcome for one in again] == ["WON", "WON", "LOST"]
    assert {one.session for one in again} == {reviewed.session}


def test_choosing_a_deal_asks_its_rep_and_gives_steps_to_prepare(reviewed):
    review = reviewed.chosen()

    assert Statement.objects.get().person == reviewed.world["rep"]
    owners = [(one.owner.full_name, one.due_date) for one in review.steps.all()]
    assert owners == [
        ("Aïcha Benyahia", date(2027, 1, 12)),
        ("Aïcha Benyahia", date(2027, 1, 19)),
        ("Søren Lindqvist", date(2027, 1, 28)),
    ]


def test_a_deal_has_one_review_and_a_place_is_for_how_it_ended(reviewed):
    deal = reviewed.deal()
    reviewed.chosen(deal)
    more = actions.add_place(kickoff=reviewed.kickoff, outcome="LOST", by=reviewed.planner, at=AT)

    def choose(place, what):
        actions.choose_deal(review=place, deal=what, why="", by=reviewed.planner, at=AT)

    with pytest.raises(ReviewRefused, match="“Alder Freight” has a review"):
        choose(more, deal)
    with pytest.raises(ReviewRefused, match="for a deal that was won"):
        choose(reviewed.places[0], deal)
    with pytest.raises(ReviewRefused, match="chosen here in the meantime"):
        choose(reviewed.places[2], reviewed.deal("Another"))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_planners_who_choose_at_once_choose_one_deal(reviewed):
    deals = [reviewed.deal(), reviewed.deal("Another")]

    def choose(deal):
        actions.choose_deal(
            review=reviewed.places[2], deal=deal, why="", by=reviewed.planner, at=AT
        )

    answers = at_once(*(partial(choose, deal) for deal in deals), refusals=ReviewRefused)

    assert sum(isinstance(one, ReviewRefused) for one in answers) == 1
    assert Review.objects.chosen().count() == 1


def test_a_place_is_freed_until_the_room_begins_and_what_was_said_stays(reviewed):
    review = reviewed.chosen()
    actions.free_place(review=review, by=reviewed.planner, at=AT)
    assert (Review.objects.chosen().count(), PrepStep.objects.count()) == (0, 0)
    assert Statement.objects.count() == 1

    again = actions.choose_deal(
        review=review,
        deal=Statement.objects.get().deal,
        why="",
        by=reviewed.planner,
        at=AT,
    )
    reviewed.to(again, 1)
    with pytest.raises(ReviewRefused, match="has begun"):
        actions.free_place(review=again, by=reviewed.planner, at=AT)


def test_the_shortlist_looks_back_a_year_and_leaves_out_what_has_a_review(reviewed):
    reviewed.chosen(reviewed.deal("Chosen", value=900))
    reviewed.deal("Long ago", close_date=date(2026, 1, 1), engage_date=None, value=800)
    reviewed.deal("Open", "ENGAGING")
    reviewed.deal("Large", value=700)
    more = actions.add_place(kickoff=reviewed.kickoff, outcome="LOST", by=reviewed.planner, at=AT)

    assert [one.deal.name for one in candidates(more)] == ["Large"]


def test_a_kickoff_without_deals_says_what_to_do(client, reviewed):
    client.force_login(reviewed.planner)

    page = client.get(reverse("agenda:reviews:board", args=[reviewed.kickoff.slug]))

    assert "Import them first" in page.content.decode()


def test_steps_move_with_the_event_and_whoever_does_them_is_told(reviewed):
    review = reviewed.chosen()
    done = review.steps.first()
    actions.tick_step(step=done, done=True, by=reviewed.planner, at=AT)
    before = Before(
        reviewed.kickoff.starts_date, reviewed.kickoff.ends_date, reviewed.kickoff.time_zone
    )
    reviewed.kickoff.starts_date += timedelta(days=7)

    follows = actions.move_steps(reviewed.kickoff, before, reviewed.planner, AT)

    assert follows.says == ["2 steps of preparation are due on other days."]
    assert set(follows.told) == {reviewed.world["rep"].pk, reviewed.world["manager"].pk}
    due = [one.due_date for one in review.steps.order_by("pk")]
    assert due == [date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 4)]


@pytest.mark.parametrize(
    ("day", "said"), [(date(2027, 3, 1), "after the event"), (date(2026, 11, 1), "is over")]
)
def test_a_step_is_due_between_now_and_the_event(reviewed, day, said):
    with pytest.raises(ReviewRefused, match=said):
        actions.add_step(
            review=reviewed.chosen(),
            title="Print",
            owner=reviewed.planner,
            due_date=day,
            by=reviewed.planner,
            at=AT,
        )


def test_a_copy_takes_the_places_without_their_deals(reviewed):
    reviewed.chosen()
    target = KickoffFactory(slug="next")
    session = SessionFactory(kickoff=target, type="WIN_LOSS_REVIEW", title=reviewed.session.title)

    copied = actions.copy_reviews(reviewed.kickoff, target, reviewed.planner, AT)

    assert copied.says == ["3 reviews, without their deals"]
    assert [(one.outcome, one.deal, one.session) for one in target.reviews.all()] == [
        ("WON", None, session),
        ("WON", None, session),
        ("LOST", None, session),
    ]
    assert actions.copy_reviews(reviewed.kickoff, target, reviewed.planner, AT).is_held


def test_the_template_begins_with_empty_places_where_its_agenda_has_reviews(db):
    with_session, without = KickoffFactory(), KickoffFactory()
    SessionFactory(kickoff=with_session, type="WIN_LOSS_REVIEW")
    for kickoff in (with_session, without):
        actions.suggest_reviews(kickoff, PlannerFactory(), AT)

    assert [one.reviews.count() for one in (with_session, without)] == [3, 0]


def test_readiness_asks_for_two_wins_a_loss_and_both_records(reviewed):
    def said():
        return [one.text for one in check_readiness(reviewed.kickoff, AT)]

    assert said() == ["The reviews have 0 won and 0 lost.", ""]
    lost = reviewed.chosen()
    reviewed.said(lost.deal)
    assert said()[1] == "1 record of a reviewed deal is missing."
    reviewed.interviewed(lost.deal)
    for place in reviewed.places[:2]:
        won = reviewed.deal(f"Won {place.position}", "WON")
        actions.choose_deal(review=place, deal=won, why="", by=reviewed.planner, at=AT)
        reviewed.said(won)
        reviewed.interviewed(won)
    assert said() == ["2 won and 1 lost are reviewed.", "Rep and buyer of each deal were heard."]


def test_a_theme_names_deals_and_stands_there_once(reviewed):
    deal = reviewed.deal()

    def keep(deals, theme=None):
        return actions.keep_theme(
            kickoff=reviewed.kickoff,
            theme=theme,
            said=actions.Said(words="Nobody signs", reason="PROCESS_FAILURE", deals=deals),
            by=reviewed.planner,
            at=AT,
        )

    with pytest.raises(ReviewRefused, match="Tick the deals"):
        keep([])
    kept = keep([deal])
    with pytest.raises(ReviewRefused, match="stands there already"):
        keep([deal])
    keep([deal, reviewed.deal("Another")], kept)
    assert [one.deals.count() for one in Theme.objects.all()] == [2]


def test_a_theme_becomes_an_insight_once_without_a_word_of_a_buyer(reviewed):
    deal = reviewed.deal()
    reviewed.interviewed(deal, may_campaign=True)
    theme = actions.keep_theme(
        kickoff=reviewed.kickoff,
        said=actions.Said(words="Nobody signs", reason="PROCESS_FAILURE", deals=[deal]),
        by=reviewed.planner,
        at=AT,
    )
    for _twice in range(2):
        actions.send_theme(theme=theme, by=reviewed.planner, at=AT)

    [told] = themes_of(reviewed.kickoff, AT)
    sent = Insight.objects.get()
    assert (told.deals, told.insight.state) == (1, "without an owner")
    assert (sent.what, sent.evidence) == ("Nobody signs", "1 deal says it: Process failure.")


def test_an_interview_form_names_the_reason_that_is_quoted_and_not_weighed(client, reviewed):
    statement = actions.ask_interview(
        kickoff=reviewed.kickoff,
        deal=reviewed.deal(),
        interviewer=reviewed.world["peer"],
        by=reviewed.planner,
        at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    client.force_login(reviewed.world["peer"])
    url = reverse("agenda:reviews:record", args=[reviewed.kickoff.slug, statement.pk])

    page = client.post(url, {"COMPETITOR_quote": "Cheaper", "role": "CFO", "held_date": "x"})

    assert "Say whether this was a reason" in page.content.decode()
    statement.refresh_from_db()
    assert statement.written_at is None
