from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.sessions import actions
from agenda.sessions.actions.starting import suggest_agenda
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.queries.readiness import check_agenda
from agenda.sessions.queries.released import (
    agenda_summary,
    day_for,
    next_for,
    sessions_of_speaker,
    whole_day,
)
from agenda.tests.factories import (
    RoomFactory,
    SessionFactory,
    SessionPersonFactory,
    TraySessionFactory,
)
from events.bets.actions import suggest_bets
from events.bets.models import BigBet
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
FIRST_DAY = date(2027, 2, 2)


def release(kickoff):
    return actions.release_agenda(kickoff=kickoff, by=PlannerFactory(), at=AT)


def said(kickoff):
    draft = draft_of(kickoff)
    return [draft.say(conflict, mending=True) for conflict in draft.conflicts]


def test_a_session_for_everybody_expects_whoever_takes_part():
    session = SessionFactory(room__capacity=2)
    for answer in ("YES", "PENDING", "YES"):
        AttendeeFactory(kickoff=session.kickoff, rsvp=answer, answered_at=AT)
    AttendeeFactory(kickoff=session.kickoff, rsvp="NO", answered_at=AT)

    [conflict] = said(session.kickoff)

    assert conflict.text == f"3 people expect “{session.title}”; {session.room.name} seats 2."


def test_a_segment_and_the_places_both_limit_who_is_expected():
    emea = RegionFactory(name="EMEA")
    session = SessionFactory(segment_region=emea, segment_kind="REP", room__capacity=5)
    for region in (emea, emea, RegionFactory()):
        AttendeeFactory(kickoff=session.kickoff, person__region=region)
    AttendeeFactory(kickoff=session.kickoff, person__region=emea, kind="MANAGER")
    limited = SessionFactory(kickoff=session.kickoff, capacity=1)

    draft = draft_of(session.kickoff)

    assert draft.sessions[session.pk].expected == 2
    assert draft.sessions[session.pk].audience == "rep · EMEA"
    assert draft.sessions[limited.pk].expected == 1


def test_a_conflict_is_said_with_names_day_time_and_zone():
    chidi = PersonFactory(full_name="Chidi Okonkwo")
    kickoff = KickoffFactory()
    for minutes, room in ((0, "Douro"), (30, "Lima")):
        session = SessionFactory(
            kickoff=kickoff,
            room__name=room,
            starts_at=NINE + timedelta(minutes=minutes),
            capacity=20,
        )
        SessionPersonFactory(session=session, person=chidi)

    [conflict] = said(kickoff)

    assert conflict.heading == "One speaker, two rooms"
    assert conflict.text == "Chidi Okonkwo is in Douro and in Lima, Tue 2 Feb, 09:30–10:00 WET."
    assert conflict.mend_label == "Move to 10:15 in Lima"


def test_sessions_with_one_title_are_told_apart_in_a_conflict():
    kickoff = KickoffFactory()
    room = RoomFactory(kickoff=kickoff, name="Minho")
    for minutes in (0, 30):
        starts_at = NINE + timedelta(minutes=minutes)
        SessionFactory(
            kickoff=kickoff, title="Deal clinic", room=room, starts_at=starts_at, capacity=20
        )

    [conflict] = said(kickoff)

    assert conflict.text == (
        "“Deal clinic” (Tue 2 Feb, 09:00) and “Deal clinic” (Tue 2 Feb, 09:30) are both in Minho,"
        " Tue 2 Feb, 09:30–10:00 WET."
    )


def test_namesakes_are_told_apart_by_their_address():
    kickoff = KickoffFactory()
    ana, other = (
        PersonFactory(full_name="Ana Silva", email=f"{name}@meridane.example") for name in "ab"
    )
    for minutes, person in ((0, ana), (30, ana), (300, other)):
        starts_at = NINE + timedelta(minutes=minutes)
        session = SessionFactory(kickoff=kickoff, starts_at=starts_at, capacity=20)
        SessionPersonFactory(session=session, person=person)

    [conflict] = said(kickoff)

    assert conflict.text.startswith("Ana Silva (a@meridane.example) is in ")


def test_too_little_time_names_who_has_to_hurry():
    kickoff = KickoffFactory()
    for minutes, room in ((0, "Tejo"), (65, "Lima")):
        starts_at = NINE + timedelta(minutes=minutes)
        places = None if room == "Tejo" else 20
        SessionFactory(
            kickoff=kickoff, title=room, room__name=room, starts_at=starts_at, capacity=places
        )

    [conflict] = said(kickoff)

    assert conflict.text == (
        "Everybody has 5 minutes from “Tejo” in Tejo to “Lima” in Lima (Tue 2 Feb, 10:00–10:05"
        " WET); people need 15."
    )


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_draft_is_read_in_two_queries(count, django_assert_num_queries):
    kickoff = KickoffFactory()
    for n in range(count):
        session = SessionFactory(
            kickoff=kickoff, segment_kind="REP", starts_at=NINE + timedelta(hours=n % 9)
        )
        SessionPersonFactory(session=session)
        AttendeeFactory(kickoff=kickoff)
    with django_assert_num_queries(2):
        assert len(said(kickoff)) == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_persons_day_is_read_in_one_query_and_the_release_once_a_minute(
    count, a_minute, django_assert_num_queries
):
    kickoff = KickoffFactory()
    rep = AttendeeFactory(kickoff=kickoff).person
    for _ in range(count):
        SessionPersonFactory(session=SessionFactory(kickoff=kickoff))
    release(kickoff)

    with django_assert_num_queries(3):
        assert len(day_for(rep, kickoff, FIRST_DAY)) == count
    with django_assert_num_queries(1):
        assert next_for(rep, kickoff, AT).next is not None


def test_a_new_release_is_seen_at_once(a_minute):
    kickoff = KickoffFactory()
    rep = AttendeeFactory(kickoff=kickoff).person
    session = SessionFactory(kickoff=kickoff, title="As planned")
    release(kickoff)
    assert [one.title for one in day_for(rep, kickoff, FIRST_DAY)] == ["As planned"]

    session.title = "As changed"
    session.save()
    release(kickoff)
    assert [one.title for one in day_for(rep, kickoff, FIRST_DAY)] == ["As changed"]


def test_a_person_sees_what_is_meant_for_them_and_what_they_speak_in():
    kickoff = KickoffFactory()
    emea, apac = RegionFactory(), RegionFactory()
    rep = AttendeeFactory(kickoff=kickoff, person__region=emea).person
    seen = [
        SessionFactory(kickoff=kickoff),
        SessionFactory(kickoff=kickoff, segment_region=emea),
        SessionFactory(kickoff=kickoff, segment_kind="REP", segment_function="SALES"),
        SessionPersonFactory(
            session=SessionFactory(kickoff=kickoff, segment_kind="MANAGER"), person=rep
        ).session,
    ]
    SessionFactory(kickoff=kickoff, segment_region=apac)
    SessionFactory(kickoff=kickoff, segment_kind="MANAGER")
    release(kickoff)

    assert {one.id for one in day_for(rep, kickoff, FIRST_DAY)} == {one.pk for one in seen}
    assert len(whole_day(kickoff, FIRST_DAY)) == 6


def test_a_draft_that_was_not_released_is_not_read():
    session = SessionFactory(title="As released")
    rep = AttendeeFactory(kickoff=session.kickoff).person
    assert day_for(rep, session.kickoff, FIRST_DAY) == []
    release(session.kickoff)
    SessionFactory(kickoff=session.kickoff)
    type(session).objects.filter(pk=session.pk).update(title="As changed since")

    assert [one.title for one in day_for(rep, session.kickoff, FIRST_DAY)] == ["As released"]


def test_a_day_is_a_day_at_the_venue():
    kickoff = KickoffFactory(time_zone="Pacific/Auckland")
    session = SessionFactory(kickoff=kickoff, starts_at=datetime(2027, 2, 1, 20, 0, tzinfo=UTC))
    rep = AttendeeFactory(kickoff=kickoff).person
    release(kickoff)

    assert [one.id for one in day_for(rep, kickoff, FIRST_DAY)] == [session.pk]


def test_now_is_what_runs_and_next_is_what_follows():
    kickoff = KickoffFactory()
    rep = AttendeeFactory(kickoff=kickoff).person
    first = SessionFactory(kickoff=kickoff)
    mine = SessionFactory(kickoff=kickoff, starts_at=NINE + timedelta(minutes=15))
    SessionPersonFactory(session=mine, person=rep)
    later = SessionFactory(kickoff=kickoff, starts_at=NINE + timedelta(hours=2))
    release(kickoff)

    def at(minutes):
        found = next_for(rep, kickoff, NINE + timedelta(minutes=minutes))
        return (found.now and found.now.id, found.next and found.next.id)

    assert at(-1) == (None, first.pk)
    assert at(0) == (first.pk, mine.pk)
    assert at(30) == (mine.pk, later.pk)
    assert at(75) == (None, later.pk)
    assert at(180) == (None, None)


def test_the_summary_counts_the_draft_and_names_the_release():
    kickoff = SessionFactory().kickoff
    TraySessionFactory(kickoff=kickoff)
    before = agenda_summary(kickoff)
    release(kickoff)
    after = agenda_summary(kickoff)

    assert (before.sessions, before.in_the_tray, before.number, before.released_at) == (
        2,
        1,
        0,
        None,
    )
    assert (after.number, after.released_at) == (1, AT)


def test_a_speaker_has_their_sessions_released_or_not():
    part = SessionPersonFactory()
    SessionPersonFactory(session=part.session, person=part.person, part="FACILITATOR")
    drafted = SessionPersonFactory(
        person=part.person, session=SessionFactory(kickoff__status="DRAFT")
    )
    SessionFactory(kickoff=part.session.kickoff)

    assert sessions_of_speaker(part.person) == [part.session]
    assert sessions_of_speaker(part.person, drafted.session.kickoff) == [drafted.session]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_changes_are_read_in_two_queries(count, django_assert_num_queries):
    kickoff = KickoffFactory()
    for n in range(count):
        SessionPersonFactory(
            session=SessionFactory(kickoff=kickoff, starts_at=NINE + timedelta(minutes=n))
        )
    release(kickoff)
    type(SessionFactory(kickoff=kickoff)).objects.update(title="Changed")
    draft = draft_of(kickoff)

    with django_assert_num_queries(2):
        assert len(changes_of(draft, AT).lines()) == count + 1


def texts(kickoff):
    said = check_agenda(kickoff, AT)
    assert len(said) == 7
    return {finding.text: finding.severity for finding in said if finding.text}


def test_readiness_of_an_empty_agenda_blocks():
    assert texts(KickoffFactory()) == {"The agenda is empty.": "blocks"}


def test_readiness_says_what_the_agenda_lacks():
    first = SessionFactory(outcome="", type="KEYNOTE")
    SessionFactory(kickoff=first.kickoff, room=first.room, owner=PersonFactory(), type="KEYNOTE")

    assert texts(first.kickoff) == {
        "1 conflict blocks the agenda.": "blocks",
        "No session is tight.": "met",
        "2 sessions have no speaker or facilitator.": "improve",
        "1 session has no outcome or no owner.": "improve",
        "0% of an attendee’s session time is experiential; you aim for 45%.": "blocks",
        "The agenda is not released.": "improve",
    }


def test_readiness_is_met_by_a_whole_released_agenda():
    part = SessionPersonFactory(session__owner=PersonFactory())
    release(part.session.kickoff)

    assert set(texts(part.session.kickoff).values()) == {"met"}


def test_the_template_suggests_a_good_agenda_that_points_at_bets():
    kickoff, by = KickoffFactory(), PlannerFactory()
    suggest_bets(kickoff, by, AT)
    suggest_agenda(kickoff, by, AT)

    draft = draft_of(kickoff)

    assert 18 <= len(draft.sessions) <= 26
    assert draft.tray == []
    assert draft.conflicts == []
    assert not draft.share().is_under()
    assert len({one.type for one in draft.sessions.values()}) == 10
    assert all(bet.sessions.exists() for bet in BigBet.objects.filter(kickoff=kickoff))


def test_the_template_keeps_what_a_short_event_has_no_day_for_in_the_tray():
    kickoff = KickoffFactory(ends_date=FIRST_DAY)
    suggest_agenda(kickoff, PlannerFactory(), AT)

    draft = draft_of(kickoff)

    assert len(draft.slots) == 10
    assert len(draft.tray) > 9
