"""Places, the waiting list and substitutes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.tests.races import at_once
from events.attendance import actions
from events.attendance.models import Attendee, Places, SeatRequest
from events.attendance.queries import answer_token, headcounts
from events.attendance.queries.seats import place_in_line, places, waiting_list
from events.attendance.rules.seats import Limit, take, take_by
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory, TeamFactory

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday
DOORS = datetime(2027, 2, 2, 8, tzinfo=UTC)
LISBON = ZoneInfo("Europe/Lisbon")
ALL = ("", None)


def works(day):
    return day.weekday() < 5 and day != date(2026, 12, 8)


@pytest.mark.parametrize(
    ("at", "hours", "until"),
    [
        (NOON, 48, datetime(2026, 12, 3, 12, tzinfo=UTC)),
        (datetime(2026, 12, 4, 12, tzinfo=UTC), 48, datetime(2026, 12, 9, 12, tzinfo=UTC)),
        (datetime(2026, 12, 5, 12, tzinfo=UTC), 24, datetime(2026, 12, 8, tzinfo=UTC)),
        (DOORS - timedelta(hours=2), 48, DOORS),
    ],
)
def test_an_offer_stands_for_hours_of_working_days_and_not_beyond_the_doors(at, hours, until):
    assert take_by(at, hours, LISBON, works, DOORS) == until
    assert take_by(at, hours, LISBON, lambda _day: False, DOORS) == DOORS


def test_a_place_is_taken_in_each_part_or_in_none():
    limits = [Limit("", None, 2), Limit("REP", None, 1)]

    assert take(limits, "REP", None)
    assert not take(limits, "REP", None)
    assert [one.taken for one in limits] == [1, 1]
    assert take(limits, "STAFF", None)


class Crowd:
    """A kickoff with some people invited, and what they answer."""

    def __init__(self, said, people=3, **fields):
        self.planner = PlannerFactory()
        self.kickoff = KickoffFactory(owner=self.planner)
        self.people = AttendeeFactory.create_batch(
            people, kickoff=self.kickoff, invited_at=NOON, **fields
        )
        self.limit(said)

    def limit(self, said):
        actions.set_places(kickoff=self.kickoff, said=said, hours=48, by=self.planner, at=NOON)

    def say(self, one, coming, at=NOON):
        actions.answer_invitation(attendee=one, coming=coming, by=one.person, at=at)
        one.refresh_from_db()
        return one.rsvp

    def answers(self):
        for one in self.people:
            one.refresh_from_db()
        return [one.rsvp for one in self.people]


@pytest.mark.django_db
class TestWaitingList:
    def test_whoever_says_yes_above_the_places_waits_and_is_offered_what_is_freed(self):
        crowd = Crowd({ALL: (1, 0)})
        first, second, _third = crowd.people
        said = [
            crowd.say(one, True, NOON + timedelta(minutes=n)) for n, one in enumerate(crowd.people)
        ]
        assert said == ["YES", "WAITING", "WAITING"]
        heads = headcounts(crowd.kickoff, NOON)
        assert (heads.coming, heads.waiting, heads.taking_part, heads.total) == (1, 2, 1, 3)
        assert [place_in_line(one, NOON) for one in crowd.people] == [0, 1, 2]

        crowd.say(first, False)
        ticks = [actions.tend_waiting_lists(NOON) for _ in range(2)]

        assert [one["offered"] for one in ticks] == [1, 0]
        second.refresh_from_db()
        assert second.offered_until == NOON + timedelta(hours=48)
        assert Message.objects.get(person=second.person).subject.startswith("A place at")
        assert crowd.say(first, True) == "WAITING"  # an offer holds its place
        crowd.say(second, True)
        assert crowd.answers() == ["WAITING", "YES", "WAITING"]

    def test_an_offer_that_nobody_takes_goes_to_the_next_and_is_not_made_again(self):
        crowd = Crowd({ALL: (0, 0)})
        for one in crowd.people[:2]:
            crowd.say(one, True)
        crowd.limit({ALL: (1, 0)})
        actions.tend_waiting_lists(NOON)

        counts = actions.tend_waiting_lists(NOON + timedelta(hours=48))

        first, second, _third = crowd.people
        assert counts == {"offered": 1, "lapsed": 1}
        crowd.answers()
        assert (first.offered_until, second.passed_at) == (None, None)
        order = waiting_list(crowd.kickoff, places(crowd.kickoff), NOON)
        assert [one.pk for one in order] == [second.pk, first.pk]
        with pytest.raises(actions.RosterRefused, match="No place is free"):
            actions.offer_seat(attendee=first, by=crowd.planner, at=NOON)

    def test_the_order_is_of_roles_then_regions_then_the_answer(self):
        region = RegionFactory()
        crowd = Crowd({ALL: (0, 0), ("MANAGER", None): (None, 1), ("", region.pk): (None, 1)})
        early, of_region, manager = crowd.people
        of_region.person.region = region
        of_region.person.save()
        Attendee.objects.filter(pk=manager.pk).update(kind="MANAGER")
        for n, one in enumerate(crowd.people):
            crowd.say(one, True, NOON + timedelta(minutes=n))

        order = waiting_list(crowd.kickoff, places(crowd.kickoff), NOON)

        assert [one.pk for one in order] == [manager.pk, of_region.pk, early.pk]

    def test_a_part_that_is_full_holds_back_its_own_alone(self):
        crowd = Crowd({ALL: (9, 0), ("REP", None): (1, 1)})
        Attendee.objects.filter(pk=crowd.people[2].pk).update(kind="STAFF")

        assert [crowd.say(one, True) for one in crowd.people] == ["YES", "WAITING", "YES"]

    def test_a_planner_who_answers_for_many_fills_the_places_and_no_more(self):
        crowd = Crowd({ALL: (2, 0)})
        chosen = {one.pk: one.seen for one in crowd.people}

        actions.record_answers(
            kickoff=crowd.kickoff, chosen=chosen, coming=True, by=crowd.planner, at=NOON
        )

        assert crowd.answers() == ["YES", "YES", "WAITING"]

    def test_the_pages_say_where_one_stands(self, client):
        crowd = Crowd({ALL: (0, 0)}, people=2)
        one = crowd.people[1]
        for each in crowd.people:
            crowd.say(each, True)
        client.force_login(one.person)
        own = reverse("events:attendance:answer", args=[crowd.kickoff.slug])
        assert "number 2 on the waiting list" in client.get(own).content.decode()
        client.force_login(crowd.planner)

        page = client.get(reverse("events:attendance:waiting", args=[crowd.kickoff.slug]))

        assert "2 people wait for a place" in page.content.decode()
        decide = reverse("events:attendance:seat", args=[crowd.kickoff.slug, one.pk])
        assert "No place is free" in client.post(decide, follow=True).content.decode()
        crowd.limit({ALL: (2, 0)})
        client.post(decide)
        client.post(decide)
        assert crowd.answers()[1] == "YES"

    def test_a_colleague_of_the_team_is_named_and_a_planner_decides(self, client):
        crowd = Crowd({ALL: (9, 0)}, people=1)
        one = crowd.people[0]
        team = TeamFactory()
        one.person.team = team
        one.person.save()
        mate, stranger = PersonFactory(team=team), PersonFactory()
        client.force_login(one.person)
        url = reverse("events:attendance:substitute", args=[crowd.kickoff.slug])
        client.post(url, {"person": mate.pk})
        assert not SeatRequest.objects.exists()  # first one says no
        crowd.say(one, False)
        client.post(url, {"person": stranger.pk})
        assert not SeatRequest.objects.exists()

        client.post(url, {"person": mate.pk})

        asked = SeatRequest.objects.get(person=mate, is_substitute=True)
        actions.decide_seat(request=asked, kind="REP", is_granted=True, by=crowd.planner, at=NOON)
        assert Attendee.objects.get(person=mate).invited_at == NOON


@pytest.mark.django_db
def test_the_database_keeps_places_once_and_offers_to_who_waits():
    attendee = AttendeeFactory(rsvp="YES", answered_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendee.objects.filter(pk=attendee.pk).update(offered_until=NOON)
    for fields in ({}, {"kind": "REP"}, {"region": RegionFactory()}):
        Places.objects.create(kickoff=attendee.kickoff, **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            Places.objects.create(kickoff=attendee.kickoff, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Places.objects.create(kickoff=attendee.kickoff, kind="GUEST", region=RegionFactory())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_say_yes_at_once_one_has_the_last_place(attempt):
    crowd = Crowd({ALL: (1, 0)}, people=2)
    left = list(crowd.people)

    def say():
        one = left.pop()
        actions.answer_invitation(attendee=one, coming=True, by=one.person, at=NOON)

    at_once(say, times=2)

    assert sorted(crowd.answers()) == ["WAITING", "YES"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_one_link_answered_twice_at_once_is_one_answer_and_one_notice(attempt):
    crowd = Crowd({ALL: (1, 0)}, people=1)
    [invitee] = crowd.people
    url = reverse("events:answer_by_link", args=[answer_token(invitee)])

    done = at_once(lambda: Client().post(url, {"coming": "yes"}).status_code, times=2)

    assert done == [302, 302]
    assert crowd.answers() == ["YES"]
    assert Entry.objects.filter(verb="attendee.answered", actor=None).count() == 1
    assert Message.objects.filter(person=invitee.person).count() == 1
