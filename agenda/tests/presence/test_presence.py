from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from agenda.door.actions import Said, record_scans
from agenda.door.models import Scan
from agenda.presence import actions, queries, rules
from agenda.presence.actions import PresenceRefused
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import RoomFactory, SessionFactory, SessionPersonFactory
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory

NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)
SECRET = b"secret"


def minutes(n):
    return NINE + timedelta(minutes=n)


def test_a_code_on_the_screen_holds_a_moment_longer_and_for_one_session():
    code = rules.screen_code(SECRET, 7, NINE)
    assert rules.is_on_screen(SECRET, f" {code.lower()} ", 7, NINE + rules.WINDOW)
    assert not rules.is_on_screen(SECRET, code, 7, NINE + 2 * rules.WINDOW)
    assert not rules.is_on_screen(SECRET, code, 8, NINE)
    assert not rules.is_on_screen(SECRET, "ÄÖÜ", 7, NINE)


def test_people_are_counted_from_a_quarter_of_an_hour_before_until_the_end():
    counted = [rules.is_counted(minutes(0), minutes(60), minutes(n)) for n in (-16, -15, 59, 60)]
    assert counted == [False, True, True, False]


@pytest.fixture
def kickoff(db):
    return KickoffFactory()


@pytest.fixture
def seat(kickoff):
    return AttendeeFactory(kickoff=kickoff)


@pytest.fixture
def session(kickoff):
    made = SessionFactory(kickoff=kickoff, room=RoomFactory(kickoff=kickoff), starts_at=NINE)
    release_agenda(kickoff=kickoff, by=kickoff.owner, at=minutes(-9999), override_reason="Known.")
    return made


def scan(kickoff, seat, session_id, **said):
    said = Said(key=uuid4(), kind="IN", at=NINE, attendee_id=seat.pk, session_id=session_id, **said)
    heard = record_scans(
        kickoff=kickoff, scans=[said], device="", sent_at=NINE, by=kickoff.owner, at=NINE
    )
    return said, heard[0].state


def test_a_scan_a_wall_and_a_screen_count_somebody_once_and_open_no_door(kickoff, seat, session):
    code = rules.screen_code(queries.secret(), session.pk, minutes(5))
    assert scan(kickoff, seat, session.pk)[1] == "in"
    assert actions.say_here(attendee=seat, code=code, at=minutes(5)).id == session.pk
    assert actions.say_in_room(attendee=seat, room=session.room, at=minutes(6)).id == session.pk
    seat.refresh_from_db()
    assert queries.were_there(kickoff) == {session.pk: {seat.person_id}}
    assert queries.sessions_of(seat.person, kickoff) == {session.pk}
    assert seat.checked_in_at is None


def test_a_scan_taken_back_or_of_another_kickoff_counts_nobody(kickoff, seat, session):
    said, _state = scan(kickoff, seat, session.pk)
    back = Said(key=uuid4(), kind="UNDO", at=minutes(1), undoes=said.key)
    record_scans(
        kickoff=kickoff, scans=[back], device="", sent_at=NINE, by=kickoff.owner, at=minutes(1)
    )
    other = SessionFactory()
    assert scan(kickoff, seat, other.pk)[1] == "refused"
    assert queries.were_there(kickoff) == {}


def test_an_old_code_and_an_empty_room_are_said_so(kickoff, seat, session):
    old = rules.screen_code(queries.secret(), session.pk, minutes(-8))
    with pytest.raises(PresenceRefused, match="no screen"):
        actions.say_here(attendee=seat, code=old, at=minutes(5))
    with pytest.raises(PresenceRefused, match="No session runs"):
        actions.say_in_room(attendee=seat, room=session.room, at=minutes(60))
    assert not Scan.objects.exists()


def test_a_wall_with_a_forged_code_is_not_there(kickoff, seat, session, client):
    client.force_login(seat.person)
    forged = reverse("agenda:presence:room", args=[kickoff.slug, session.room_id, "A" * 16])
    assert client.post(forged).status_code == 404


def test_whoever_speaks_shows_the_code_and_nobody_else_who_attends(kickoff, seat, client):
    speaker = AttendeeFactory(kickoff=kickoff).person
    made = SessionPersonFactory(session=SessionFactory(kickoff=kickoff), person=speaker).session
    release_agenda(kickoff=kickoff, by=kickoff.owner, at=minutes(-9999), override_reason="Known.")
    url = reverse("agenda:presence:screen", args=[kickoff.slug, made.pk])
    answers = []
    for person in (speaker, seat.person, PersonFactory()):
        client.force_login(person)
        answers.append(client.get(url).status_code)
    assert answers == [200, 404, 404]


def test_the_board_asks_as_often_for_one_session_as_for_many(
    kickoff, seat, session, client, django_assert_num_queries
):
    client.force_login(kickoff.owner)
    url = reverse("agenda:presence:board", args=[kickoff.slug])
    client.get(url)
    scan(kickoff, seat, session.pk)
    [line] = queries.board(kickoff, NINE)
    assert (line.came, line.meant, line.share) == (1, 1, 1.0)
    with django_assert_num_queries(8):
        queries.board(kickoff, NINE)
    AttendeeFactory.create_batch(3, kickoff=kickoff)
    with django_assert_num_queries(8):
        assert queries.board(kickoff, NINE)[0].meant == 4
