from datetime import UTC, datetime, timedelta

import pytest

from agenda.sessions import actions
from agenda.sessions.models import Release, Session
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import draft_of
from agenda.tests.factories import (
    RoomFactory,
    SessionFactory,
    SessionPersonFactory,
    TraySessionFactory,
)
from events.bets.models import BigBet
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry
from people.mail.models import Message
from people.notices.models import Notice
from people.tests.factories import GONE, PersonFactory, PlannerFactory, RegionFactory, mail_at_once

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


def fields(**more):
    return actions.SessionFields(
        **({"title": "Lab", "type": "WORKSHOP", "duration_minutes": 60} | more)
    )


def act(action, **more):
    return action(by=PlannerFactory(), at=AT, **more)


def test_a_session_is_created_with_its_people_and_bets():
    kickoff = KickoffFactory()
    ana, chidi = PersonFactory(), PersonFactory()
    bet = BigBet.objects.create(kickoff=kickoff, position=1, title="Renew from day one")

    session = act(
        actions.create_session,
        kickoff=kickoff,
        fields=fields(speakers=[ana], facilitators=[ana, chidi], bets=[bet]),
    )

    assert {(one.person, one.part) for one in session.people.all()} == {
        (ana, "SPEAKER"),
        (ana, "FACILITATOR"),
        (chidi, "FACILITATOR"),
    }
    assert list(session.bets.all()) == [bet]
    assert Entry.objects.get().verb == "session.created"


def test_a_session_that_takes_a_room_twice_is_refused_and_nothing_is_written():
    taken = SessionFactory(title="Won: Port of Ashdown")

    with pytest.raises(actions.SessionConflicts, match="Port of Ashdown") as refusal:
        act(
            actions.create_session,
            kickoff=taken.kickoff,
            fields=fields(room=taken.room, starts_at=taken.starts_at),
            accepted=True,
        )

    assert refusal.value.blocks
    assert list(Session.objects.all()) == [taken]


def test_a_session_that_is_only_tight_is_saved_once_that_is_accepted():
    before = SessionFactory()
    tight = fields(room=before.room, starts_at=before.starts_at + timedelta(minutes=65))

    with pytest.raises(actions.SessionConflicts) as refusal:
        act(actions.create_session, kickoff=before.kickoff, fields=tight)
    session = act(actions.create_session, kickoff=before.kickoff, fields=tight, accepted=True)

    assert not refusal.value.blocks
    assert session.pk


def test_a_refused_change_is_offered_a_place_for_the_session_that_was_changed():
    first = SessionFactory()
    later = SessionFactory(
        kickoff=first.kickoff, room=first.room, starts_at=first.starts_at + timedelta(hours=3)
    )
    onto_it = fields(room=first.room, starts_at=later.starts_at - timedelta(minutes=30))

    with pytest.raises(actions.SessionConflicts) as refusal:
        act(actions.update_session, session=first, fields=onto_it, version=1)

    [said] = refusal.value.conflicts
    assert said.mend.session == first.pk
    assert said.mend.starts_at == later.starts_at - timedelta(minutes=75)


def test_an_old_conflict_does_not_refuse_a_change_of_title():
    first = SessionFactory()
    second = SessionFactory(kickoff=first.kickoff, room=first.room)

    changed = act(
        actions.update_session,
        session=second,
        fields=fields(title="Another title", room=first.room, starts_at=first.starts_at),
        version=1,
    )

    assert (changed.title, changed.version) == ("Another title", 2)


def test_a_change_of_people_leaves_those_who_stay():
    part = SessionPersonFactory()
    new = PersonFactory()

    act(
        actions.update_session,
        session=part.session,
        fields=fields(
            room=part.session.room, starts_at=part.session.starts_at, speakers=[part.person, new]
        ),
        version=1,
    )

    assert [one.person for one in part.session.people.order_by("pk")] == [part.person, new]
    assert part.session.people.filter(pk=part.pk).exists()


@pytest.mark.parametrize("placed", [{"room": True}, {"starts_at": NINE}])
def test_a_room_without_a_time_is_refused(placed):
    session = TraySessionFactory()
    room = RoomFactory(kickoff=session.kickoff) if placed.pop("room", False) else None
    where = {"room": room, "starts_at": None} | placed

    with pytest.raises(actions.SessionRefused, match="both a room and a time"):
        act(actions.move_session, session=session, version=1, **where)


def test_a_room_of_another_kickoff_is_refused():
    with pytest.raises(actions.SessionRefused, match="another kickoff"):
        act(
            actions.move_session,
            session=TraySessionFactory(),
            room=RoomFactory(),
            starts_at=NINE,
            version=1,
        )


def test_of_two_planners_who_move_at_once_one_is_refused():
    session = SessionFactory()
    rooms = [RoomFactory(kickoff=session.kickoff) for _ in range(2)]

    moved = act(actions.move_session, session=session, room=rooms[0], starts_at=NINE, version=1)
    with pytest.raises(actions.StaleSession, match="Somebody else"):
        act(actions.move_session, session=session, room=rooms[1], starts_at=NINE, version=1)

    session.refresh_from_db()
    assert (session.room, session.version, moved.version) == (rooms[0], 2, 2)


def test_a_session_goes_back_to_the_tray():
    session = SessionFactory()

    act(actions.move_session, session=session, room=None, starts_at=None, version=1)

    assert list(Session.objects.in_the_tray()) == [session]


def test_a_stale_delete_is_refused():
    session = SessionFactory(version=3)

    with pytest.raises(actions.StaleSession):
        act(actions.delete_session, session=session, version=2)
    act(actions.delete_session, session=session, version=3)

    assert not Session.objects.exists()


def test_a_release_freezes_the_draft_and_tells_everybody_once():
    session = SessionFactory(title="Coldline 4, live")
    kickoff = session.kickoff
    rep = AttendeeFactory(kickoff=kickoff).person
    declined = AttendeeFactory(kickoff=kickoff, rsvp="NO", answered_at=AT).person
    guest = SessionPersonFactory(session=session).person

    release = act(actions.release_agenda, kickoff=kickoff)
    Session.objects.update(title="Another title")

    assert release.number == 1
    assert [one.title for one in release.sessions.all()] == ["Coldline 4, live"]
    assert {notice.person for notice in Notice.objects.all()} == {rep, guest}
    assert declined not in {notice.person for notice in Notice.objects.all()}
    assert not Message.objects.exists(), "The mail of the day tells of it."
    assert release.told == 2


@pytest.mark.parametrize("gone", GONE)
def test_who_has_left_is_neither_counted_before_a_release_nor_told(gone):
    session = SessionFactory()
    kickoff = session.kickoff
    AttendeeFactory(kickoff=kickoff, person=PersonFactory(**gone))
    SessionPersonFactory(session=session, person=PersonFactory(**gone))
    rep = AttendeeFactory(kickoff=kickoff).person
    speaker = SessionPersonFactory(session=session).person

    counted = set(changes_of(draft_of(kickoff), AT).touched)
    release = act(actions.release_agenda, kickoff=kickoff)

    assert counted == {rep.pk, speaker.pk}
    assert release.told == 2


def test_a_later_release_tells_exactly_those_whom_it_touches():
    kickoff = KickoffFactory()
    emea, apac = RegionFactory(name="EMEA"), RegionFactory(name="APAC")
    in_emea = AttendeeFactory(kickoff=kickoff, person__region=emea).person
    AttendeeFactory(kickoff=kickoff, person__region=apac)
    moved = SessionFactory(kickoff=kickoff, segment_region=emea)
    other = SessionFactory(kickoff=kickoff, segment_region=apac)
    speaker = SessionPersonFactory(session=moved).person
    SessionPersonFactory(session=other)
    act(actions.release_agenda, kickoff=kickoff)
    Notice.objects.all().delete()
    mail_at_once("agenda.released", in_emea)

    act(
        actions.move_session,
        session=moved,
        room=RoomFactory(kickoff=kickoff, name="Minho"),
        starts_at=NINE,
        version=1,
    )
    release = act(actions.release_agenda, kickoff=kickoff)

    assert {notice.person for notice in Notice.objects.all()} == {in_emea, speaker}
    assert "In Minho instead of" in Message.objects.get(person=in_emea).body
    assert release.told == 2


def test_a_person_with_several_changes_gets_one_message():
    kickoff = KickoffFactory()
    person = AttendeeFactory(kickoff=kickoff).person
    sessions = [SessionFactory(kickoff=kickoff) for _ in range(3)]
    act(actions.release_agenda, kickoff=kickoff)
    mail_at_once("agenda.released", person)
    for session in sessions[:2]:
        act(
            actions.move_session,
            session=session,
            room=session.room,
            starts_at=NINE + timedelta(hours=2),
            version=1,
        )
    act(actions.delete_session, session=sessions[2], version=1)

    act(actions.release_agenda, kickoff=kickoff)

    message = Message.objects.get()
    assert message.person == person
    assert "3 changes" in message.subject
    assert "Taken off" in message.body


def test_what_moves_within_a_day_is_mailed_at_once_and_what_moves_later_is_not():
    session = SessionFactory(starts_at=NINE)
    person = AttendeeFactory(kickoff=session.kickoff).person
    kickoff = session.kickoff
    act(actions.release_agenda, kickoff=kickoff)
    later = {"starts_at": NINE + timedelta(hours=1), "room": session.room}
    act(actions.move_session, session=session, version=1, **later)

    actions.release_agenda(kickoff=kickoff, by=PlannerFactory(), at=NINE - timedelta(hours=24))

    assert Notice.objects.filter(person=person).count() == 2
    assert [message.person for message in Message.objects.all()] == [person]


def test_whoever_no_longer_speaks_is_told_too():
    part = SessionPersonFactory()
    kickoff = part.session.kickoff
    act(actions.release_agenda, kickoff=kickoff)
    new = PersonFactory(full_name="Ana Beatriz Cavalcanti")
    mail_at_once("agenda.released", part.person, new)
    part.session.people.update(person=new)

    act(actions.release_agenda, kickoff=kickoff)

    assert {message.person for message in Message.objects.all()} == {part.person, new}
    assert "Now with" not in Message.objects.get(person=new).body
    assert "With Ana Beatriz Cavalcanti instead of" in Message.objects.get(person=new).body


def test_a_blocking_conflict_refuses_a_release():
    first = SessionFactory()
    SessionFactory(kickoff=first.kickoff, room=first.room)

    with pytest.raises(actions.ReleaseBlocked, match="1 conflict blocks") as refusal:
        act(actions.release_agenda, kickoff=first.kickoff, override_reason="   ")

    assert [said.heading for said in refusal.value.conflicts] == ["Two sessions, one room"]
    assert not Release.objects.exists()


def test_a_reason_overrides_a_blocking_conflict_and_is_in_the_audit_trail():
    first = SessionFactory()
    SessionFactory(kickoff=first.kickoff, room=first.room)

    release = act(
        actions.release_agenda,
        kickoff=first.kickoff,
        override_reason="A wall divides the room on that day.",
    )

    entry = Entry.objects.get(verb="agenda.released_with_conflicts")
    assert release.override_reason == "A wall divides the room on that day."
    assert "A wall divides the room" in entry.note


def test_a_warning_does_not_refuse_a_release():
    first = SessionFactory()
    SessionFactory(kickoff=first.kickoff, room=first.room, starts_at=NINE + timedelta(minutes=65))

    assert act(actions.release_agenda, kickoff=first.kickoff).number == 1


def test_a_release_without_a_change_is_refused():
    session = SessionFactory()
    act(actions.release_agenda, kickoff=session.kickoff)

    with pytest.raises(actions.ReleaseRefused, match="Nothing has changed"):
        act(actions.release_agenda, kickoff=session.kickoff)


def test_a_release_of_a_version_that_somebody_else_released_is_refused():
    session = SessionFactory()
    act(actions.release_agenda, kickoff=session.kickoff, seen_number=1)
    Session.objects.update(title="Changed since")

    with pytest.raises(actions.ReleaseRefused, match="meanwhile"):
        act(actions.release_agenda, kickoff=session.kickoff, seen_number=1)


def test_an_empty_agenda_is_not_released():
    session = TraySessionFactory()

    with pytest.raises(actions.ReleaseRefused, match="No session has"):
        act(actions.release_agenda, kickoff=session.kickoff)


@pytest.mark.parametrize(("status", "words"), [("DRAFT", "Open it"), ("ARCHIVED", "archived")])
def test_an_agenda_that_nobody_may_see_is_not_released(status, words):
    session = SessionFactory(kickoff__status=status)

    with pytest.raises(actions.ReleaseRefused, match=words):
        act(actions.release_agenda, kickoff=session.kickoff)


def test_a_release_of_the_largest_agenda_takes_a_fixed_number_of_queries(
    django_assert_max_num_queries,
):
    kickoff = KickoffFactory()
    room = RoomFactory(kickoff=kickoff)
    for n in range(30):
        session = SessionFactory(
            kickoff=kickoff, room=room, starts_at=NINE + timedelta(minutes=75 * n)
        )
        SessionPersonFactory(session=session)
    planner = PlannerFactory()

    with django_assert_max_num_queries(25):
        actions.release_agenda(kickoff=kickoff, by=planner, at=AT, override_reason="Nights count.")
