"""Sessions that pre-work prepares, and those that are seen for the first time in the room."""

from datetime import UTC, datetime

import pytest
from django.forms.models import model_to_dict

from agenda.sessions.actions import SessionFields, delete_session, update_session
from agenda.sessions.queries.prepared import people_of, prepared, sessions_of
from agenda.tests.factories import SessionFactory
from events.bets.models import BigBet
from events.prework.actions import note_begun
from events.prework.forms import AssignmentForm
from events.prework.models import PreworkItem
from events.prework.queries import goes_with_session, without_session
from events.tests.factories import AssignmentFactory, AttendeeFactory, KickoffFactory
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)


def test_a_session_is_prepared_by_its_bet_or_by_pre_work_of_its_own():
    kickoff = KickoffFactory()
    bet = BigBet.objects.create(kickoff=kickoff, position=1, title="Bet")
    by_bet, own, first = (SessionFactory(kickoff=kickoff, title=t) for t in ("A", "B", "C"))
    SessionFactory(kickoff=kickoff, type="MEAL_BREAK", title="Lunch")
    by_bet.bets.add(bet)
    assert prepared(kickoff, AT, sessions_of(kickoff)) is None
    AssignmentFactory(kickoff=kickoff, bet=bet)
    AssignmentFactory(kickoff=kickoff, segment_session=own.pk)

    found = prepared(kickoff, AT, sessions_of(kickoff))

    assert "1 session is seen for the first time" in found.text
    assert "“C”" in found.why
    first.delete()
    found = prepared(kickoff, AT, sessions_of(kickoff))
    assert found.severity == "met"


def test_the_people_of_a_session_are_whom_it_is_for_and_who_leads_it():
    session = SessionFactory(segment_kind="REP")
    kickoff = session.kickoff
    rep = AttendeeFactory(kickoff=kickoff, kind="REP")
    AttendeeFactory(kickoff=kickoff, kind="STAFF")

    assert people_of(kickoff, session.pk) == [rep.person_id]
    assert people_of(KickoffFactory(), session.pk) is None
    assert sessions_of(kickoff) == [(session.pk, session.title)]


def test_pre_work_of_a_session_follows_whom_it_is_for_and_who_leads_it():
    planner = PlannerFactory()
    session = SessionFactory(segment_kind="REP", title="Clinic")
    kickoff = session.kickoff
    rep, manager, speaker = (
        AttendeeFactory(kickoff=kickoff, kind=kind) for kind in ("REP", "MANAGER", "STAFF")
    )
    assignment = AssignmentFactory(kickoff=kickoff, segment_session=session.pk)
    PreworkItem.objects.create(assignment=assignment, person=rep.person, assigned_at=AT)

    update_session(
        session=session,
        fields=SessionFields(
            title="Clinic",
            type=session.type,
            duration_minutes=session.duration_minutes,
            segment_kind="MANAGER",
            speakers=[speaker.person],
        ),
        version=session.version,
        by=planner,
        at=AT,
        accepted=True,
    )

    has_it = {item.person for item in assignment.items.all()}
    assert has_it == {manager.person, speaker.person}
    session.refresh_from_db()
    begun = assignment.items.get(person=speaker.person)
    note_begun(item_id=begun.pk, at=AT)
    said = goes_with_session(kickoff, session.pk, AT)
    assert "1 person who has not begun it loses it" in said
    delete_session(session=session, version=session.version, by=planner, at=AT)
    assert assignment.items.get() == begun
    assert without_session(kickoff, [assignment]) == [assignment]
    initial = model_to_dict(assignment)
    sent = {name: value for name, value in initial.items() if value is not None}
    form = AssignmentForm(sent, kickoff=kickoff, initial=initial)
    assert form.is_valid(), form.errors
    assert form.details.segment_session == assignment.segment_session
