from datetime import UTC, datetime

import pytest
from django.http import Http404

from events.kickoff import access, queries
from events.tests.factories import AttendeeFactory, KickoffFactory
from events.tests.world import build_world

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 11, 9, tzinfo=UTC)


@pytest.fixture
def world():
    return build_world()


def names(world, role):
    return {kickoff.name for kickoff in queries.kickoffs_for(world[role], AT)}


def test_people_see_the_kickoffs_of_their_roster_once_they_are_open(world):
    AttendeeFactory(kickoff=KickoffFactory(name="Drafted", status="DRAFT"), person=world["rep"])
    AttendeeFactory(kickoff=KickoffFactory(name="Put away", status="ARCHIVED"), person=world["rep"])
    KickoffFactory(name="Not theirs")

    assert names(world, "rep") == {world.kickoff.name}
    assert names(world, "outsider") == set()
    assert names(world, "planner") == {world.kickoff.name, "Drafted", "Put away", "Not theirs"}


def test_a_draft_that_was_archived_stays_hidden_from_its_roster(world):
    kickoff = KickoffFactory(status="ARCHIVED")
    AttendeeFactory(kickoff=kickoff, person=world["rep"])

    with pytest.raises(Http404):
        access.kickoff_or_404(world["rep"], kickoff.slug)
    assert access.kickoff_or_404(world["planner"], kickoff.slug) == kickoff


def test_the_list_counts_who_is_expected(world):
    AttendeeFactory(
        kickoff=world.kickoff, rsvp="NO", answered_at="2027-01-01T00:00Z", person=world["outsider"]
    )

    assert [kickoff.people_count for kickoff in queries.kickoffs_for(world["rep"], AT)] == [4]


def test_the_list_costs_one_query_however_long_it_is(world, django_assert_num_queries):
    for expected in (1, 3):
        while len(queries.kickoffs_for(world["planner"], AT)) < expected:
            KickoffFactory()
        with django_assert_num_queries(1):
            list(queries.kickoffs_for(world["planner"], AT))
