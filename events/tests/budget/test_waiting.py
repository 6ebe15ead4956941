"""What of a budget waits, for whom, and until when."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from events.budget import actions, waiting
from events.budget.models import RoomBlock
from events.kickoff.models import Kickoff
from events.tests.budget.factories import TUESDAY, let_own, make_budget, make_line, revise
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    return make_budget()


def kinds(people, at=TUESDAY):
    return [(item.kind, item.person_id) for item in waiting.find(people, at) if item.waits(at)]


def test_a_revision_waits_for_each_whose_limit_is_enough(budget, django_assert_num_queries):
    line = make_line(budget)
    small, enough, boss = (let_own(budget, limit) for limit in (100, 9_000, None))
    revise(line, small, said=39_400)
    everybody = [small, enough, boss, budget.kickoff.owner, PersonFactory()]

    with django_assert_num_queries(2):
        found = kinds(everybody)

    assert sorted(found) == sorted(("budget.approve", one.pk) for one in (enough, boss))
    assert kinds([small]) == []


def test_where_nobody_may_approve_so_much_it_waits_for_whoever_owns_the_kickoff(budget):
    line, small = make_line(budget), let_own(budget, 100)
    revise(line, small, said=39_400)

    assert kinds([small, budget.kickoff.owner]) == [("budget.name", budget.kickoff.owner_id)]
    Kickoff.objects.update(status=Kickoff.Status.ARCHIVED)
    assert kinds([small, budget.kickoff.owner]) == []


def test_a_variance_without_a_reason_waits_for_whoever_wrote_it(budget):
    line, by = make_line(budget), budget.kickoff.owner

    revise(line, by, reason="", said=39_400)
    assert kinds([by, PersonFactory()]) == [("budget.why", by.pk)]

    revise(line, by, reason="The wall grew", said=39_400)
    assert kinds([by]) == []


def test_what_was_sent_back_waits_for_whoever_asked_until_they_revise_it(budget):
    line, boss, by = make_line(budget), let_own(budget, None), let_own(budget, 1)
    waits = revise(line, by, said=39_400)

    actions.decide(revision_id=waits.pk, approve=False, answer="Ask again", by=boss, at=TUESDAY)

    (item,) = waiting.find([boss, by, budget.kickoff.owner], TUESDAY)
    assert (item.kind, item.person_id, item.note) == ("budget.back", by.pk, "Ask again")
    revise(line, by, said=31_000)
    assert kinds([boss, by]) == []


def test_a_block_waits_for_the_owner_in_the_weeks_before_its_cut_off(budget):
    cutoff = TUESDAY + timedelta(days=7)
    block = RoomBlock.objects.create(budget=budget, hotel="Tejo", price=D(195), cutoff_at=cutoff)
    night = block.nights.create(date=cutoff.date(), contracted=100, reserved=80)
    owner = budget.kickoff.owner

    (item,) = waiting.find([owner, PersonFactory()], TUESDAY)
    assert (item.title, item.note) == (
        "Fill or give back 5 nights at Tejo",
        "the hotel charges $975",
    )
    assert kinds([owner], cutoff - timedelta(days=22)) == []
    assert kinds([owner], cutoff) == []
    night.reserved = 85
    night.save()
    assert kinds([owner]) == []
