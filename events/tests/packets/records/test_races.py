"""Two at once on what is kept and handed out; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import IntegrityError

from core.tests import races
from events.packets.delivery.models import PacketVersion
from events.packets.records import actions
from events.packets.records.actions import papers
from events.packets.records.models import Handout, LeaverLink, LegalHold
from events.packets.records.rules import codes

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOW = datetime(2027, 2, 10, 9, tzinfo=UTC)
LONG_AFTER = datetime(2031, 3, 5, 9, tzinfo=UTC)

at_once = partial(races.at_once, refusals=(actions.RecordRefused, IntegrityError))


@pytest.fixture
def key(world, leaver):
    key = actions.make_link(kickoff=world.kickoff, rep_id=leaver.pk, by=world["revops"], at=NOW)
    actions.build_handout(handout_id=key.link.handout_id, at=NOW)
    return key


@pytest.mark.parametrize("attempt", range(3))
def test_many_downloads_at_once_are_five(attempt, key):
    def fetch():
        return actions.open_link(token=key.token, typed=key.code, at=NOW)

    done = [one for _ in range(2) for one in at_once(fetch, times=4)]

    assert sum(one is not None for one in done) == codes.MOST_DOWNLOADS
    assert LeaverLink.objects.get().downloads == codes.MOST_DOWNLOADS
    assert Handout.objects.get().downloads == codes.MOST_DOWNLOADS


@pytest.mark.parametrize("attempt", range(3))
def test_many_guesses_at_once_are_ten_at_most(attempt, key):
    def guess():
        return actions.open_link(token=key.token, typed="WRONG", at=NOW)

    for _ in range(4):
        assert at_once(guess, times=4) == [None] * 4

    assert LeaverLink.objects.get().tries == codes.MOST_WRONG


@pytest.mark.parametrize("attempt", range(5))
def test_a_hold_and_a_deletion_at_once_never_both_win(attempt, world):
    def hold():
        return actions.place_hold(
            packet_id=world.things["packet"].pk, reason="A claim", by=world["revops"], at=LONG_AFTER
        )

    def shred():
        return actions.shred_due(
            kickoff=world.kickoff, expected=3, by=world["revops"], at=LONG_AFTER
        )

    held, shredded = at_once(hold, shred)

    gone = PacketVersion.objects.filter(packet=world.things["packet"], sealed="").count()
    assert isinstance(held, LegalHold)
    # The deletion was first and whole, or it saw that less was due and did nothing
    assert (shredded == 3 and gone == 2) or (
        isinstance(shredded, actions.RecordRefused) and gone == 0
    )


@pytest.mark.parametrize("attempt", range(3))
def test_two_holds_at_once_are_one(attempt, world):
    def hold():
        return actions.place_hold(
            packet_id=world.things["packet"].pk, reason="A claim", by=world["revops"], at=NOW
        )

    at_once(hold, times=3)

    assert LegalHold.objects.in_force().count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_tasks_make_each_part_once(attempt, world, monkeypatch):
    made = []
    monkeypatch.setattr(
        papers, "letter_now", lambda *, version, **kwargs: made.append(version.pk) or b"%PDF-"
    )
    handout = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="x", by=world["revops"], at=NOW
    )

    def build():
        return actions.build_handout(handout_id=handout.pk, at=NOW)

    at_once(build, times=3)

    handout.refresh_from_db()
    assert (handout.state, handout.parts_done, len(made)) == ("READY", 2, 3)


@pytest.mark.parametrize("attempt", range(3))
def test_asked_twice_at_once_a_rep_gets_one_archive(attempt, world):
    def ask():
        return actions.ask_for_own(by=world["rep"], at=NOW).pk

    assert len(set(at_once(ask, times=3))) == 1
