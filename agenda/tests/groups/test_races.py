"""Two planners at once; real row locks, so on PostgreSQL."""

import pytest

from agenda.groups.actions import drafting, solving
from agenda.groups.actions.drafting import GroupsChanged, GroupsRefused
from agenda.groups.models import Grouping, Place, Solving
from agenda.tests.groups.test_actions import AT, begin
from agenda.tests.groups.world import make_group, seat
from core.tests.races import at_once
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_planners_who_solve_at_once_one_does():
    planners = PlannerFactory.create_batch(2)
    kickoff = KickoffFactory(status="OPEN")
    AttendeeFactory(kickoff=kickoff, rsvp="YES", answered_at=AT)
    grouping = begin(kickoff, planners[0], rounds=1)

    def solve(by):
        return lambda: solving.start_solving(grouping=grouping, seconds=0, by=by, at=AT)

    said = at_once(*(solve(planner) for planner in planners), refusals=GroupsRefused)

    [begun] = [one for one in said if isinstance(one, Solving)]
    [refusal] = [one for one in said if isinstance(one, GroupsRefused)]
    assert begun.by.display_name in str(refusal)
    assert Solving.objects.count() == Place.objects.count() == 1


def test_of_two_planners_who_move_the_same_people_at_once_one_does_and_nobody_is_lost():
    planners = PlannerFactory.create_batch(2)
    kickoff = KickoffFactory(status="OPEN")
    one, other = PersonFactory.create_batch(2)
    seat(make_group(kickoff), one)
    seat(make_group(kickoff, number=2), other)
    grouping = Grouping.objects.get()
    places = [Place.objects.get(person=person) for person in (one, other)]
    groups = [place.group_id for place in places]

    def swap(by):
        draft = {"grouping": grouping, "version": grouping.version, "by": by, "at": AT}
        return lambda: drafting.swap_people(one=places[0], other=places[1], **draft)

    said = at_once(*(swap(planner) for planner in planners), refusals=GroupsChanged)

    assert sorted(isinstance(one, GroupsChanged) for one in said) == [False, True]
    assert [Place.objects.get(pk=place.pk).group_id for place in places] == groups[::-1]
