from datetime import timedelta

import pytest

from agenda.sessions.waiting import find
from agenda.tests.factories import SessionFactory
from agenda.tests.sessions.pages import AT, NINE, release, url

pytestmark = pytest.mark.django_db


def test_a_released_agenda_waits_for_whom_it_touches_until_they_look(rep, world):
    SessionFactory(kickoff=world.kickoff)
    release(world)
    people = [world["rep"], world["peer"], world["outsider"]]

    found = list(find(people, AT))
    assert {item.person_id for item in found} == {world["rep"].pk, world["peer"].pk}
    assert {item.title for item in found} == {"See your agenda"}

    rep.get(url("mine", world))
    assert [item.person_id for item in find(people, AT)] == [world["peer"].pk]


def test_changes_wait_as_one_item_with_their_number(rep, world):
    session = SessionFactory(kickoff=world.kickoff)
    release(world)
    rep.get(url("mine", world))
    for hour in (1, 2):
        session.starts_at = NINE + timedelta(hours=hour)
        session.save()
        release(world)

    (item,) = find([world["rep"]], AT)

    assert (item.kind, item.title) == ("agenda.changed", "See 2 changes in your agenda")


def test_nothing_waits_once_the_event_is_over(world):
    SessionFactory(kickoff=world.kickoff)
    release(world)

    assert list(find([world["rep"]], world.kickoff.closes_at)) == []


def test_it_costs_one_query_for_many(world, django_assert_num_queries):
    SessionFactory(kickoff=world.kickoff)
    release(world)

    with django_assert_num_queries(1):
        list(find(list(world.people.values()), AT))
