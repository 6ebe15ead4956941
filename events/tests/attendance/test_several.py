"""Several people on a roster at once, while others answer and plan too."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kickoff():
    starts = timezone.now().date() + timedelta(days=21)
    return KickoffFactory(starts_date=starts, ends_date=starts + timedelta(days=2))


@pytest.fixture
def people(kickoff):
    return AttendeeFactory.create_batch(3, kickoff=kickoff)


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory(full_name="Priya Raghunathan"))
    return client


def do(client, kickoff, what, people, **data):
    rows = [one.row for one in people]
    url = reverse("events:attendance:several", args=[kickoff.slug])
    return client.post(url, {"do": what, "row": rows, **data})


def said(answer):
    return " ".join(answer.content.decode().split())


def now(people, field):
    return [getattr(Attendee.objects.get(pk=one.pk), field) for one in people]


def test_take_part_as_something_else_and_whoever_did_already_is_left_alone(desk, kickoff, people):
    do(desk, kickoff, "kind", people[:1], kind="STAFF")
    do(desk, kickoff, "kind", [*Attendee.objects.all()], kind="STAFF")

    assert now(people, "kind") == ["STAFF"] * 3
    assert Entry.objects.filter(verb="attendee.kind").count() == 3


def test_answers_are_noted_and_lead_back_to_the_same_list(desk, kickoff, people):
    where = reverse("events:attendance:roster", args=[kickoff.slug]) + "?kind=REP"
    answer = do(desk, kickoff, "yes", people, next=where)

    assert answer.url == where
    assert now(people, "rsvp") == ["YES"] * 3
    assert {entry.subject for entry in Entry.objects.filter(verb="attendee.answered")} == {
        one.person for one in people
    }


def test_nobody_is_changed_where_one_has_answered_meanwhile(desk, kickoff, people):
    do(desk, kickoff, "yes", people[:1])

    answer = do(desk, kickoff, "no", people)

    assert answer.status_code == 422
    assert f"{people[0].person.full_name} is changed meanwhile, by Priya Raghunathan" in said(
        answer
    )
    assert now(people, "rsvp") == ["YES", "PENDING", "PENDING"]
    assert said(answer).count("checked") == 3


def test_asked_are_those_who_have_not_answered_once_a_day(desk, kickoff, people):
    do(desk, kickoff, "yes", people[:1])
    do(desk, kickoff, "ask", people)
    assert Message.objects.count() == 2  # the invitation

    do(desk, kickoff, "ask", people)
    again = do(desk, kickoff, "ask", people)

    assert Message.objects.count() == 4  # asked again, once
    assert "was asked today" in said(again)
    assert set(now(people[1:], "invited_at")) != {None}


@pytest.mark.parametrize(
    ("what", "data", "problem"),
    [
        ("kind", {"kind": ""}, "Choose what they take part as."),
        ("kind", {"kind": "KING"}, "Select a valid choice"),
        ("dance", {}, ""),
    ],
)
def test_what_is_wrong_changes_nobody_and_is_said(desk, kickoff, people, what, data, problem):
    answer = do(desk, kickoff, what, people, **data)

    assert answer.status_code == 422
    assert problem in said(answer)
    assert now(people, "kind") == ["REP"] * 3


def test_nobody_of_another_roster_is_changed(desk, kickoff):
    elsewhere = AttendeeFactory()

    for rows in ([], [elsewhere]):
        assert "Choose one person at least." in said(do(desk, kickoff, "no", rows))
    assert now([elsewhere], "rsvp") == ["PENDING"]


def test_a_draft_asks_nobody_and_what_is_over_takes_no_answer(desk, people, kickoff):
    kickoff.status = "DRAFT"
    kickoff.save()
    assert "Open the kickoff first" in said(do(desk, kickoff, "ask", people))

    kickoff.starts_date = kickoff.ends_date = timezone.now().date() - timedelta(days=9)
    kickoff.save()
    assert "This kickoff is over." in said(do(desk, kickoff, "yes", people))


@pytest.mark.parametrize("what", ["kind", "yes", "ask"])
def test_cost_the_same_however_many_they_are(desk, kickoff, what):
    costs = []
    for count in (2, 5, 30):
        people = AttendeeFactory.create_batch(count, kickoff=kickoff)
        with CaptureQueriesContext(connection) as queries:
            assert do(desk, kickoff, what, people, kind="GUEST").status_code == 302
        costs.append(len(queries))

    assert len(set(costs)) == 1


def test_who_is_taken_off_is_asked_for_first_with_what_follows(desk, kickoff, people):
    Attendee.objects.filter(pk=people[0].pk).update(rsvp="YES", answered_at=timezone.now())
    people = list(Attendee.objects.filter(kickoff=kickoff))

    asked = do(desk, kickoff, "remove", people[:2])

    assert "Take 2 people off the roster?" in said(asked)
    assert "1 place is free again" in said(asked)
    assert Attendee.objects.count() == 3
    done = do(desk, kickoff, "remove", people[:2], is_sure="1")
    assert done.status_code == 302
    assert [*Attendee.objects.all()] == people[2:]
    assert Entry.objects.filter(verb="attendee.removed").count() == 2


def test_nobody_is_taken_off_where_one_has_checked_in(desk, kickoff, people):
    Attendee.objects.filter(pk=people[1].pk).update(checked_in_at=timezone.now())

    answer = do(desk, kickoff, "remove", people, is_sure="1")

    assert answer.status_code == 422
    assert "has checked in, and stays" in said(answer)
    assert Attendee.objects.count() == 3
