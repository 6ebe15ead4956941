from datetime import UTC, date, datetime, timedelta

import pytest

from events.commitments import actions
from events.commitments.waiting import find, find_plans
from events.tests.commitments.making import LAST_DAY, adopt, attending, bet, promised, settle
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 2, 8, 12, tzinfo=UTC)
FRIDAY = datetime(2027, 2, 12, 9, tzinfo=UTC)


def waits(source, person, at):
    return [(one.kind, one.title) for one in source([person], at) if one.waits(at)]


def test_a_plan_waits_to_be_adopted_from_the_last_day_and_then_to_be_agreed():
    me = attending(manager=PersonFactory())
    bet(me.kickoff)
    asked = [("commitments.adopt", "Choose two to five actions as your own")]

    assert waits(find_plans, me.person, LAST_DAY - timedelta(days=1)) == []
    assert waits(find_plans, me.person, LAST_DAY) == asked
    plan = adopt(me)

    assert waits(find_plans, me.person, LAST_DAY) == []
    agree = [("team.plan", f"Agree the plan of {me.person.display_name}")]
    assert waits(find_plans, me.person.manager, LAST_DAY) == agree
    actions.agree_plan(plan=plan, by=me.person.manager, at=LAST_DAY)
    assert waits(find_plans, me.person.manager, LAST_DAY) == []


def test_what_recurs_waits_from_its_monday_until_the_review_asks_for_it():
    me = attending()
    promised(me)

    assert waits(find, me.person, LAST_DAY) == []
    assert waits(find, me.person, MONDAY) == [("commitments.due", "Call")]

    actions.open_reviews(FRIDAY)
    assert waits(find, me.person, FRIDAY) == [("commitments.review", "Look back at your week")]


def test_what_is_promised_once_waits_until_it_is_done_and_is_late_after_its_day():
    me = attending()
    time = promised(me, cadence="ONCE", by_date=date(2027, 2, 12)).occurrences.get()

    (item,) = find([me.person], LAST_DAY)
    assert item.due_at == datetime(2027, 2, 13, tzinfo=UTC)
    assert (item.is_late(FRIDAY), item.is_late(FRIDAY + timedelta(days=1))) == (False, True)

    settle(time, "DONE")
    assert list(find([me.person], LAST_DAY)) == []


def test_a_note_of_ones_own_is_private():
    me = attending()
    promised(me, source="NOTE", cadence="ONCE")

    assert [one.is_private for one in find([me.person], LAST_DAY)] == [True]


def test_what_waits_takes_two_queries_for_any_number_of_people(django_assert_num_queries):
    people = []
    for _number in range(3):
        me = attending(manager=PersonFactory())
        bet(me.kickoff)
        adopt(me)
        people += [me.person, me.person.manager]
    actions.open_reviews(FRIDAY)

    for source in (find, find_plans):
        with django_assert_num_queries(2):
            assert list(source(people, FRIDAY))
