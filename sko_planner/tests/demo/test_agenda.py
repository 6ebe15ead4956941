from datetime import UTC, datetime

import pytest

from agenda.sessions.models import Release, SessionPerson
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.queries.released import next_for
from events.bets.models import BigBet
from people.mail.models import Message
from people.notices.models import Notice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_the_agendas_behind_and_today_are_out_and_nobody_is_mailed_again(demo):
    _company, kickoffs = demo

    numbers = {
        kickoff: list(kickoff.agenda_releases.values_list("number", flat=True))
        for kickoff in kickoffs.all
    }
    assert numbers == {kickoffs.ended: [1], kickoffs.today: [2, 1], kickoffs.ahead: []}
    told = Notice.objects.filter(key__startswith="agenda-release")
    assert set(told.values_list("waits_for_mail", flat=True)) == {False}
    assert (
        not Message.objects.filter(key__startswith="agenda-release").exclude(state="SENT").exists()
    )
    assert Release.objects.filter(told=0).count() == 0


def test_the_agenda_to_come_has_one_conflict_that_blocks_and_one_that_does_not(demo):
    _company, kickoffs = demo

    said = [draft_of(kickoff) for kickoff in kickoffs.all]
    ended, today, ahead = said

    assert ended.conflicts == today.conflicts == []
    assert [ahead.say(one).heading for one in ahead.conflicts] == [
        "One speaker, two rooms",
        "Room too small",
    ]
    assert len(ahead.tray) == 4
    assert not any(draft.share().is_under() for draft in said)


def test_each_kickoff_has_three_bets_of_its_own(demo):
    _company, kickoffs = demo

    for kickoff in kickoffs.all:
        bets = BigBet.objects.filter(kickoff=kickoff)
        assert [bet.position for bet in bets] == [1, 2, 3]
        assert all(
            bet.is_measured and bet.actions.exists() and bet.owner and bet.sessions.exists()
            for bet in bets
        )


def test_a_rep_of_the_running_kickoff_has_something_next(demo):
    company, kickoffs = demo

    assert next_for(company["aicha"], kickoffs.today, NOON).next is not None


def test_whoever_leads_a_session_is_on_the_roster_or_works_on_the_kickoff(demo):
    assert SessionPerson.objects.exists()
    for part in SessionPerson.objects.select_related("person", "session__kickoff"):
        attends = part.session.kickoff.attendees.filter(person=part.person).exists()
        assert attends or part.person.role
