from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from events.commitments import actions
from events.commitments.models import ActionPlan, Commitment, Occurrence, WeeklyReview
from events.tests.commitments.making import (
    LAST_DAY,
    adopt,
    attending,
    bet,
    promised,
    said,
    settle,
    states,
    suggest,
)
from people.activity.models import Entry
from people.notices.models import Notice
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 2, 12, 9, tzinfo=UTC)


def refused(words):
    return pytest.raises(actions.CommitmentRefused, match=words)


def test_somebody_adopts_what_a_bet_suggests_in_their_own_words():
    me = attending()
    suggestion = suggest(bet(me.kickoff))

    plan = adopt(
        me, said("Call Marsanne", bet=suggestion.bet, suggestion=suggestion), said("My own")
    )

    assert list(Commitment.objects.values_list("words", "source", "suggestion")) == [
        ("Call Marsanne", "BET", suggestion.pk),
        ("My own", "OWN", None),
    ]
    assert (plan.person, plan.agreed_at) == (me.person, None)
    assert Occurrence.objects.filter(commitment__words="My own").count() == 12  # Fridays to 5 May


def test_a_plan_is_adopted_from_the_last_day_with_two_to_five_and_once():
    me = attending()

    with refused("on the last day"):
        adopt(me, at=LAST_DAY - timedelta(days=1))
    with refused("two to five"):
        adopt(me, said())
    with refused("two to five"):
        adopt(me, *[said()] * 6)
    adopt(me)
    with refused("have a plan already"):
        adopt(me)
    assert Commitment.objects.count() == 2


def test_whoever_is_not_on_the_roster_adopts_nothing():
    me = attending()
    me.person = PersonFactory()

    with refused("not on the roster"):
        adopt(me)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"words": " "}, "Say what"),
        ({"by_date": None}, "until when"),
        ({"by_date": date(2027, 2, 3)}, "is over"),
    ],
)
def test_a_promise_says_what_and_by_when(more, words):
    with refused(words):
        promised(attending(), **more)
    assert not Commitment.objects.exists()


def test_a_promise_belongs_to_a_bet_of_its_own_kickoff():
    with refused("another kickoff"):
        promised(attending(), bet=bet(attending().kickoff))


def test_done_is_done_once_and_can_be_opened_again():
    time = promised(attending()).occurrences.first()

    settle(time, "DONE", at=FRIDAY)
    settle(time, "DONE", at=FRIDAY + timedelta(days=1))
    time.refresh_from_db()
    assert (time.state, time.settled_at) == ("DONE", FRIDAY)
    assert Entry.objects.filter(verb="commitment.done").count() == 1

    settle(time, "OPEN", at=FRIDAY)
    time.refresh_from_db()
    assert (time.state, time.settled_at) == ("OPEN", None)


def test_not_yet_carries_it_to_a_day_to_come_and_done_takes_that_back():
    once = promised(attending(), cadence="ONCE", by_date=date(2027, 2, 12))
    time = once.occurrences.get()

    for to in (None, date(2027, 2, 12), date(2028, 1, 1)):
        with refused("a day to come"):
            settle(time, "CARRIED", at=FRIDAY, carry_to=to)
    settle(time, "CARRIED", at=FRIDAY, carry_to=date(2027, 2, 17))
    assert states(once) == [(date(2027, 2, 12), "CARRIED"), (date(2027, 2, 17), "OPEN")]

    settle(time, "DONE", at=FRIDAY)
    assert states(once) == [(date(2027, 2, 12), "DONE")]


def test_what_was_answered_on_the_later_day_keeps_the_answer_before():
    once = promised(attending(), cadence="ONCE", by_date=date(2027, 2, 12))
    time = once.occurrences.get()
    settle(time, "CARRIED", at=FRIDAY, carry_to=date(2027, 2, 17))
    settle(time.carried_to, "DONE", at=FRIDAY)

    with refused("answered it on the later day"):
        settle(time, "DONE", at=FRIDAY)


def test_dropping_says_why_and_takes_away_what_would_fall_due_and_back_again():
    weekly = promised(attending(), by_date=date(2027, 2, 26))
    time = weekly.occurrences.first()

    with refused("Say why"):
        settle(time, "DROPPED", at=FRIDAY)
    settle(time, "DROPPED", at=FRIDAY, reason="The customer stopped")
    weekly.refresh_from_db()
    assert (weekly.is_dropped, states(weekly)) == (True, [(date(2027, 2, 12), "DROPPED")])

    settle(time, "DONE", at=FRIDAY)
    weekly.refresh_from_db()
    assert not weekly.is_dropped
    assert [state for _day, state in states(weekly)] == ["DONE", "OPEN", "OPEN"]


def test_other_words_keep_what_was_answered_and_ask_the_manager_again():
    me = attending(manager=PersonFactory())
    plan = adopt(me)
    actions.agree_plan(plan=plan, by=me.person.manager, at=LAST_DAY)
    made = Commitment.objects.first()
    settle(made.occurrences.first(), "DONE", at=FRIDAY)

    actions.reword(
        commitment=made, said=said("Call twice", by_date=date(2027, 2, 26)), by=me.person, at=FRIDAY
    )

    plan.refresh_from_db()
    assert plan.agreed_at is None
    assert states(made) == [
        (date(2027, 2, 12), "DONE"),
        (date(2027, 2, 19), "OPEN"),
        (date(2027, 2, 26), "OPEN"),
    ]


def test_whose_plan_is_agreed_is_told_once_in_the_mail_of_the_day():
    manager = PersonFactory(full_name="Søren Lind")
    plan = adopt(attending(manager=manager))

    for _ in range(2):
        actions.agree_plan(plan=plan, by=manager, at=LAST_DAY)

    notice = Notice.objects.get()
    assert (notice.person, notice.title) == (plan.person, "Søren Lind agreed your plan")
    assert notice.waits_for_mail


def test_promises_go_two_years_after_their_kickoff_and_90_days_after_their_person_left():
    stays, old, gone = attending(), attending(), attending(leave_date=date(2027, 1, 1))
    for one in (stays, old, gone):
        adopt(one)
    old.kickoff.starts_date = old.kickoff.ends_date = date(2025, 4, 1)
    old.kickoff.save()

    assert actions.forget_old(datetime(2027, 4, 2, 0, 1, tzinfo=UTC)) == {}
    actions.forget_old(datetime(2027, 4, 1, 0, 0, tzinfo=UTC))
    assert ActionPlan.objects.count() == 3
    actions.forget_old(datetime(2027, 4, 2, 0, 0, tzinfo=UTC))

    left = [set(of.objects.values_list("person", flat=True)) for of in (ActionPlan, Commitment)]
    assert left == [{stays.person.pk}] * 2


def test_only_the_manager_agrees_a_plan():
    me = attending(manager=PersonFactory())
    plan = adopt(me)

    with refused("your own reports"):
        actions.agree_plan(plan=plan, by=PersonFactory(), at=LAST_DAY)
    for _twice in range(2):
        actions.agree_plan(plan=plan, by=me.person.manager, at=LAST_DAY)

    assert ActionPlan.objects.get().agreed_by == me.person.manager
    assert Entry.objects.filter(verb="plan.agreed").count() == 1


def test_each_friday_morning_whoever_has_something_open_is_asked_once(
    django_assert_max_num_queries,
):
    me, done, gone = attending(), attending(), attending(leave_date=date(2027, 2, 8))
    for one in (me, gone):
        promised(one)
    settle(promised(done, cadence="ONCE", by_date=date(2027, 2, 12)).occurrences.get(), "DONE")

    early = actions.open_reviews(FRIDAY - timedelta(hours=2))
    with django_assert_max_num_queries(6):
        first = actions.open_reviews(FRIDAY)
    again = actions.open_reviews(FRIDAY + timedelta(days=1))

    assert [one["opened"] for one in (early, first, again)] == [0, 1, 0]
    review = WeeklyReview.objects.get()
    assert (review.person, review.week_date) == (me.person, FRIDAY.date())

    actions.finish_review(review=review, by=me.person, at=FRIDAY)
    review.refresh_from_db()
    assert review.done_at == FRIDAY


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "DONE", "settled_at": None}, "settled_has_time"),
        ({"state": "DROPPED", "settled_at": FRIDAY}, "dropped_says_why"),
    ],
)
def test_an_answer_is_whole(fields, name):
    time = promised(attending()).occurrences.first()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Occurrence.objects.filter(pk=time.pk).update(**fields)
