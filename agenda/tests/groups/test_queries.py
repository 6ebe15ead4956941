import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agenda.groups.models import Place
from agenda.groups.queries import groups_of
from agenda.tests.groups.world import make_group, seat
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory


@pytest.fixture
def kickoff(db):
    return KickoffFactory()


def test_a_group_says_who_leads_it_who_sits_in_it_and_where(kickoff):
    rosa, thabo, kwame = PersonFactory.create_batch(3)
    group = seat(make_group(kickoff, where="table 2"), thabo, kwame, leader=rosa)
    seat(make_group(kickoff, number=2), *PersonFactory.create_batch(2))

    for person in (rosa, thabo):
        [mine] = groups_of(kickoff, person=person)
        assert mine.group == group
        assert mine.leader == rosa
        assert set(mine.members) == {thabo, kwame}
        assert mine.where == f"{group.session.room.name}, table 2"
        assert mine.starts_at == group.session.starts_at

    assert len(groups_of(kickoff, session_id=group.session_id)) == 2


def test_what_is_not_released_is_nobodys_group_yet(kickoff):
    thabo, late = PersonFactory.create_batch(2)
    group = seat(make_group(kickoff), thabo)
    seat(group, late, released=False)

    assert groups_of(kickoff, person=late) == []
    assert groups_of(kickoff, group_id=group.pk)[0].members == [thabo]


def test_groups_are_read_in_as_many_queries_however_many_there_are(
    kickoff, django_assert_num_queries
):
    seat(make_group(kickoff), PersonFactory())
    with django_assert_num_queries(3):
        groups_of(kickoff)
    for number in (2, 3):
        seat(make_group(kickoff, number=number), *PersonFactory.create_batch(3))
    with django_assert_num_queries(3):
        assert len(groups_of(kickoff)) == 3


def test_the_api_gives_planners_all_groups_and_others_their_own(kickoff, client):
    rosa, thabo = (AttendeeFactory(kickoff=kickoff).person for _each in range(2))
    mine = seat(make_group(kickoff, where="table 2"), thabo, leader=rosa)
    seat(make_group(kickoff, number=2), PersonFactory())
    address = reverse("api:groups-list", args=[kickoff.slug])
    client.force_login(thabo)

    [found] = client.get(address).json()["results"]

    assert (found["id"], found["where"]) == (mine.pk, f"{mine.session.room.name}, table 2")
    assert found["leader"] == {"id": rosa.pk, "full_name": rosa.full_name}
    assert [one["id"] for one in found["members"]] == [thabo.pk]
    client.force_login(PlannerFactory())
    assert client.get(address).json()["count"] == 2


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({}, "round_id"),
        ({"new": True, "leads": True}, "group_id"),
        ({"new": True, "is_out": True}, "agenda_place_out_has_no_group"),
    ],
)
def test_nobody_has_two_places_in_a_round_and_one_person_leads(kickoff, broken, rule):
    rosa = PersonFactory()
    group = seat(make_group(kickoff), leader=rosa)
    person = PersonFactory() if broken.pop("new", False) else rosa

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Place.objects.create(round=group.round, person=person, group=group, **broken)
