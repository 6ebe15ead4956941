from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.attendance import actions
from events.attendance.models import Attendee
from events.attendance.queries import answer_token
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import GONE, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


def _add(planner, kickoff=None, **details):
    details = {"email": "bo@x.example", "full_name": "Bo Ek", "kind": "REP"} | details
    return actions.add_attendee(
        kickoff=kickoff or KickoffFactory(), details=actions.Details(**details), by=planner, at=NOON
    )


def test_a_new_address_makes_a_new_person_without_password_or_role(planner):
    attendee = _add(planner, job_title="AE")

    assert (attendee.person.full_name, attendee.person.job_title) == ("Bo Ek", "AE")
    assert attendee.person.role == ""
    assert not attendee.person.has_usable_password()
    verbs = Entry.objects.filter(subject=attendee.person).values_list("verb", flat=True)
    assert set(verbs) == {"person.added", "attendee.added"}


def test_somebody_in_the_company_is_added_as_they_are(planner):
    person = PersonFactory(email="bo@x.example", full_name="Bo Ek", job_title="CRO")

    _add(planner, email="BO@x.example", full_name="Mallory", job_title="Intern")

    person.refresh_from_db()
    assert (person.full_name, person.job_title) == ("Bo Ek", "CRO")
    assert Attendee.objects.get().person == person


@pytest.mark.parametrize("gone", GONE)
def test_nobody_is_on_a_roster_twice_and_nobody_who_left_is_added(planner, gone):
    attendee = AttendeeFactory(person__full_name="Ada Ek", person__email="ada@x.example")
    PersonFactory(email="gone@x.example", full_name="Gone Ek", **gone)

    with pytest.raises(actions.RosterRefused, match=r"Ada Ek is on the roster\."):
        _add(planner, attendee.kickoff, email="ada@x.example")
    with pytest.raises(actions.RosterRefused, match="Gone Ek is no longer here"):
        _add(planner, email="gone@x.example")


def test_planners_put_no_sellers_under_themselves(planner):
    for manager in (planner, PersonFactory(manager=planner)):
        with pytest.raises(actions.RosterRefused, match="under yourself"):
            _add(planner, manager=manager)
    assert not Person.objects.filter(email="bo@x.example").exists()


def test_somebody_is_taken_off_the_roster_and_stays_in_the_company(planner):
    attendee = AttendeeFactory()

    actions.remove_attendee(attendee=attendee, by=planner, at=NOON)

    assert not Attendee.objects.exists()
    assert Person.objects.filter(pk=attendee.person_id).exists()


def test_somebody_who_has_checked_in_stays(planner):
    attendee = AttendeeFactory(checked_in_at=NOON)

    with pytest.raises(actions.RosterRefused, match="has checked in"):
        actions.remove_attendee(attendee=attendee, by=planner, at=NOON)


def test_an_answer_may_change_until_the_event_is_over():
    attendee = AttendeeFactory()

    for coming, answer in ((True, "YES"), (False, "NO")):
        actions.answer_invitation(attendee=attendee, coming=coming, by=attendee.person, at=NOON)
        attendee.refresh_from_db()
        assert (attendee.rsvp, attendee.answered_at) == (answer, NOON)

    over = attendee.kickoff.closes_at
    with pytest.raises(actions.RosterRefused, match="over"):
        actions.answer_invitation(attendee=attendee, coming=True, by=attendee.person, at=over)


@pytest.mark.parametrize("gone", GONE)
def test_each_person_is_invited_once(planner, gone):
    kickoff = KickoffFactory()
    waiting = AttendeeFactory.create_batch(3, kickoff=kickoff)
    AttendeeFactory(kickoff=kickoff, rsvp="YES", answered_at=NOON)
    AttendeeFactory(kickoff=kickoff, person=PersonFactory(**gone))

    counts = [
        actions.invite_attendees(kickoff=kickoff, by=planner, at=NOON + timedelta(minutes=n))
        for n in range(2)
    ]

    assert counts == [3, 0]
    assert {message.person for message in Message.objects.all()} == {a.person for a in waiting}
    message = Message.objects.first()
    assert kickoff.name in message.subject
    link = answer_token(kickoff.attendees.get(person=message.person))
    assert reverse("events:answer_by_link", args=[link]) in message.body
    assert "Tue 2 February 2027 to Thu 4 February 2027, Centro Tejo, Lisbon" in message.body


@pytest.mark.parametrize(
    ("fields", "at", "message"),
    [
        ({"status": "DRAFT"}, NOON, "Open the kickoff first"),
        ({}, datetime(2027, 3, 1, tzinfo=UTC), "over"),
    ],
)
def test_nobody_is_invited_to_what_they_could_not_see(planner, fields, at, message):
    kickoff = AttendeeFactory(kickoff=KickoffFactory(**fields)).kickoff

    with pytest.raises(actions.RosterRefused, match=message):
        actions.invite_attendees(kickoff=kickoff, by=planner, at=at)
    assert not Message.objects.exists()
