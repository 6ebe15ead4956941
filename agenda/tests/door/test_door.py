from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.door import actions, queries, rules
from agenda.door.actions import DoorRefused, Said
from agenda.door.models import Badge, Scan
from agenda.presence.queries import were_there
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import RoomFactory, SessionFactory
from core.tests.races import at_once
from events.attendance.queries import headcounts
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory

NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)


def minutes(n):
    return NINE + timedelta(minutes=n)


@pytest.fixture
def kickoff(db):
    return KickoffFactory()


@pytest.fixture
def rep(kickoff):
    seat = AttendeeFactory(kickoff=kickoff, person__full_name="دانا الخطيب")
    actions.make_badges(kickoff=kickoff, at=NINE)
    return seat


def badge(seat):
    return seat.badges.get(revoked_at=None).text


def let_in(kickoff, *said, device="Gate A", sent_at=None, at=None):
    at = at or minutes(200)
    heard = actions.record_scans(
        kickoff=kickoff, scans=said, device=device, sent_at=sent_at or at, by=kickoff.owner, at=at
    )
    return [one.state for one in heard]


def scan(text="", n=0, **said):
    return Said(key=uuid4(), kind="IN", code=text, at=minutes(n), **said)


def test_a_scan_lets_somebody_in_and_the_headcount_knows(kickoff, rep):
    assert let_in(kickoff, scan(badge(rep))) == ["in"]
    rep.refresh_from_db()
    assert rep.checked_in_at == NINE
    assert headcounts(kickoff, minutes(201)).checked_in == 1


def test_what_arrives_late_and_again_is_one_row_and_counts_from_the_earliest(kickoff, rep):
    late, early = scan(badge(rep), 30), scan(badge(rep), 10, was_offline=True)
    assert let_in(kickoff, late) == ["in"]
    assert let_in(kickoff, early, device="Gate B") == ["in"]
    assert let_in(kickoff, early, late) == ["in", "already"]
    rep.refresh_from_db()
    assert rep.checked_in_at == minutes(10)
    assert list(Scan.objects.values_list("device", "was_offline")) == [
        ("Gate B", True),
        ("Gate A", False),
    ]


def test_a_scan_taken_back_never_was(kickoff, rep):
    wrong = scan(badge(rep))
    back = Said(key=uuid4(), kind="UNDO", undoes=wrong.key, at=minutes(1))
    assert let_in(kickoff, wrong, back) == ["undone", "undone"]
    rep.refresh_from_db()
    assert rep.checked_in_at is None


def test_who_left_again_has_come_and_is_not_in(kickoff, rep):
    out = Said(key=uuid4(), kind="OUT", attendee_id=rep.pk, at=minutes(60))
    assert let_in(kickoff, scan(badge(rep)), out) == ["in", "out"]
    counted = queries.counts(kickoff, minutes(201))
    assert (counted.came, counted.left_again) == (1, 1)


def test_foreign_revoked_and_torn_codes_are_each_answered_and_let_nobody_in(kickoff, rep):
    other = AttendeeFactory()
    actions.make_badges(kickoff=other.kickoff, at=NINE)
    old = badge(rep)
    actions.correct_badge(attendee=rep, by=kickoff.owner, at=minutes(1))
    said = [
        scan(badge(other)),
        scan(old),
        scan(old[:-4]),
        scan("hello"),
        scan(attendee_id=other.pk),
    ]
    assert let_in(kickoff, *said) == ["refused"] * 5
    assert list(Scan.objects.order_by("pk").values_list("problem", "attendee")) == [
        ("FOREIGN", None),
        ("REVOKED", rep.pk),
        ("TORN", None),
        ("FOREIGN", None),
        ("GONE", None),
    ]
    assert let_in(kickoff, scan(badge(rep))) == ["in"]


def test_a_forged_key_takes_nothing_from_the_scan_that_has_it(kickoff, rep):
    other = AttendeeFactory(kickoff=kickoff)
    first = scan(attendee_id=rep.pk)
    forged = Said(key=first.key, kind="IN", attendee_id=other.pk, at=NINE)
    assert let_in(kickoff, first) == ["in"]
    assert let_in(kickoff, forged) == ["refused"]
    other.refresh_from_db()
    assert (other.checked_in_at, Scan.objects.get().attendee_id) == (None, rep.pk)


def test_a_clock_an_hour_ahead_is_noted_shown_and_set_right(kickoff, rep):
    let_in(kickoff, scan(badge(rep), 60), sent_at=minutes(65), at=minutes(5))
    rep.refresh_from_db()
    assert rep.checked_in_at == NINE
    assert queries.counts(kickoff, minutes(6)).devices[0].clock_minutes == 60


def test_whoever_said_no_and_comes_has_come_after_all(kickoff):
    seat = AttendeeFactory(kickoff=kickoff, rsvp="NO", answered_at=NINE)
    let_in(kickoff, scan(attendee_id=seat.pk))
    counted = headcounts(kickoff, minutes(201))
    assert (counted.checked_in, counted.coming) == (1, 1)


def test_a_walk_in_is_put_on_the_roster_as_such_but_never_as_a_rep(kickoff):
    person = PersonFactory()
    named = {"kickoff": kickoff, "person": person, "device": "", "by": kickoff.owner}
    with pytest.raises(DoorRefused, match="packet"):
        actions.admit_walk_in(kind="REP", at=NINE, **named)
    heard = [actions.admit_walk_in(kind="GUEST", at=minutes(n), **named) for n in (0, 1)]
    assert [one.state for one in heard] == ["in", "already"]
    assert list(Scan.objects.order_by("pk").values_list("how", flat=True)) == ["WALK_IN", "NAME"]


def test_a_list_on_paper_is_all_or_nothing(kickoff, rep):
    stranger = PersonFactory(full_name="Ola Nordmann")
    named = {"kickoff": kickoff, "came_at": NINE, "by": kickoff.owner, "at": minutes(60)}
    with pytest.raises(DoorRefused, match="Ola Nordmann"):
        actions.mark_from_paper(people=[rep.person, stranger], **named)
    assert not Scan.objects.exists()
    assert [actions.mark_from_paper(people=[rep.person], **named) for _twice in range(2)] == [1, 0]


def test_a_whole_list_on_paper_is_marked_at_once_and_wrong_names_are_all_named(kickoff, client):
    seats = AttendeeFactory.create_batch(70, kickoff=kickoff)
    url = reverse("agenda:door:desk", args=[kickoff.slug])
    day = kickoff.local_date(minutes(60))
    kickoff.starts_date = kickoff.ends_date = day
    kickoff.save(update_fields=["starts_date", "ends_date"])
    names = [seat.person.email for seat in seats]

    def mark(names):
        said = {"paper-people": "\n".join(names), "paper-day": day, "paper-time": "09:00"}
        with time_machine.travel(minutes(600), tick=False):
            client.force_login(kickoff.owner)
            return client.post(url, said)

    errors = mark(["Ola Nordmann", *names, "Kari Nordmann"]).context["paper"].errors["people"]
    assert [name in error for name, error in zip(("Ola", "Kari"), errors, strict=True)] == [
        True
    ] * 2
    assert not Scan.objects.exists()
    assert mark(names).status_code == 302
    assert Scan.objects.filter(how="PAPER").count() == 70


def test_a_phone_scans_people_into_a_session_that_its_page_offers(kickoff, rep, client):
    room = RoomFactory(kickoff=kickoff)
    today = {"starts_date": NINE.date(), "ends_date": NINE.date()}
    type(kickoff).objects.filter(pk=kickoff.pk).update(**today, status="OPEN")
    kickoff.refresh_from_db()
    session = SessionFactory(kickoff=kickoff, room=room, starts_at=minutes(30))
    release_agenda(kickoff=kickoff, by=kickoff.owner, at=NINE, override_reason="Known.")
    with time_machine.travel(minutes(35), tick=False):
        client.force_login(kickoff.owner)
        page = client.get(reverse("agenda:door:page", args=[kickoff.slug])).content.decode()
        assert f'<option value="{session.pk}">' in page
        said = {"key": str(uuid4()), "kind": "IN", "at": minutes(35).isoformat()}
        said |= {"code": badge(rep), "session": session.pk}
        url = reverse("api:scans-list", args=[kickoff.slug])
        batch = {"device": "Door of the hall", "sent_at": minutes(35).isoformat()}
        states = [
            client.post(url, batch | {"scans": [said]}, "application/json").json()[0]["state"]
            for _twice in range(2)
        ]
    assert states == ["in", "in"]
    assert were_there(kickoff) == {session.pk: {rep.person_id}}
    rep.refresh_from_db()
    assert rep.checked_in_at is None


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("agenda_scan_arrives_once", {"key": "same"}),
        ("agenda_scan_of_somebody", {"attendee": None}),
        ("agenda_scan_undoes_one", {"kind": "UNDO"}),
        ("agenda_scan_before_arrival", {"scanned_at": minutes(1)}),
    ],
)
def test_a_scan_that_cannot_be_is_no_row(kickoff, rep, constraint, changes):
    said = dict.fromkeys(("device_at", "scanned_at", "arrived_at"), NINE)
    said |= {"kickoff": kickoff, "attendee": rep, "kind": "IN", "how": "BADGE"}
    made = Scan.objects.create(key=uuid4(), by=kickoff.owner, **said)
    changes = {"key": uuid4()} | changes
    if changes["key"] == "same":
        changes["key"] = made.key
    with pytest.raises(IntegrityError), transaction.atomic():
        Scan.objects.create(by=kickoff.owner, **said | changes)


def test_nobody_has_two_badges_in_force(rep):
    with pytest.raises(IntegrityError), transaction.atomic():
        Badge.objects.create(attendee=rep, made_at=NINE)


def test_a_device_keeps_names_and_digests_and_nothing_else(kickoff, rep, client):
    client.force_login(kickoff.owner)
    [known] = client.get(reverse("agenda:door:roster", args=[kickoff.slug])).json()["people"]
    assert known == {
        "id": rep.pk,
        "name": "دانا الخطيب",
        "note": "rep",
        "digest": rules.digest(badge(rep).removeprefix("SKO:")[:24]),
        "is_in": False,
    }


def test_a_check_in_makes_eight_queries_at_most(kickoff, rep, client):
    client.force_login(kickoff.owner)
    url = reverse("api:scans-list", args=[kickoff.slug])

    def send(*codes):
        scans = [
            {"key": str(uuid4()), "kind": "IN", "at": NINE.isoformat(), "code": code}
            for code in codes
        ]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(
                url, {"sent_at": NINE.isoformat(), "scans": scans}, "application/json"
            )
        assert [one["state"] for one in answer.json()][:1] == ["in"]
        return [one["sql"] for one in asked]

    client.get(url)
    one = send(badge(rep))
    assert len([sql for sql in one if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]) <= 8
    seats = AttendeeFactory.create_batch(3, kickoff=kickoff)
    actions.make_badges(kickoff=kickoff, at=NINE)
    assert len(send(*map(badge, seats))) == len(one)


@pytest.mark.parametrize("page", ["agenda:door:page", "agenda:door:desk"])
def test_a_page_of_the_door_asks_as_often_for_one_as_for_many(kickoff, rep, client, page):
    client.force_login(kickoff.owner)
    url = reverse(page, args=[kickoff.slug])

    def asked():
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(url).status_code == 200
        return len(queries_made)

    asked()
    let_in(kickoff, scan(badge(rep)))
    few = asked()
    seats = AttendeeFactory.create_batch(5, kickoff=kickoff)
    let_in(kickoff, *(scan(attendee_id=seat.pk) for seat in seats[:4]), scan("hello"))
    let_in(kickoff, scan(attendee_id=seats[4].pk), device="Gate B")
    assert asked() <= few <= 15


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_devices_at_once_and_a_queue_sent_twice_count_one_arrival(attempt):
    kickoff = KickoffFactory()
    seat = AttendeeFactory(kickoff=kickoff)
    same, other = scan(attendee_id=seat.pk, n=5), scan(attendee_id=seat.pk, n=2)

    at_once(
        lambda: let_in(kickoff, same),
        lambda: let_in(kickoff, same),
        lambda: let_in(kickoff, other, device="Gate B"),
    )

    seat.refresh_from_db()
    assert (Scan.objects.count(), seat.checked_in_at) == (2, minutes(2))
    assert queries.counts(kickoff, minutes(201)).came == 1
