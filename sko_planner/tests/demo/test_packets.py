from datetime import UTC, datetime

import pytest

from events.packets.coverage.actions import send_due_reminders
from events.packets.coverage.models import Reminder
from events.packets.coverage.queries.reminders import sent_so_far
from events.packets.delivery.models import Packet
from events.packets.letters.models import LetterFile
from events.packets.records.models import Handout, LegalHold
from people.activity.models import Entry
from people.notices.models import Notice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_who_has_not_signed_was_reminded_by_itself_and_by_hand(demo):
    _company, kickoffs = demo

    stages = {one.stage for one in sent_so_far(kickoffs.today)}
    assert stages == {"UNOPENED", "BY_HAND"}
    assert {one.stage for one in sent_so_far(kickoffs.ahead)} == {"UNOPENED"}
    assert not Reminder.objects.filter(at__gt=NOON).exists()
    told = Notice.objects.filter(key__startswith="packet-reminder:")
    assert set(told.values_list("waits_for_mail", flat=True)) == {False}
    # Whoever starts the worker sends nobody the same again
    assert send_due_reminders(NOON)["reps"] == 0


def test_one_claim_is_held_and_aicha_can_see_that_hers_was_exported(demo):
    company, kickoffs = demo

    held = LegalHold.objects.in_force().get()
    exports = dict(Handout.objects.values_list("state", "rep__full_name"))
    assert held.packet.kickoff == kickoffs.today
    assert "Matter 27-014" in held.reason()
    assert exports == {"WAITING": held.packet.rep.full_name, "ENDED": "Aïcha Benyahia"}
    assert Entry.objects.filter(verb="packet.exported", subject=company["aicha"]).count() == 1


def test_a_few_letters_wait_for_a_worker_and_loading_makes_none(demo):
    _company, kickoffs = demo

    letters = LetterFile.objects.filter(version__packet__kickoff=kickoffs.today)
    assert {(letter.kind, letter.state) for letter in letters} == {
        ("LETTER", "WAITING"),
        ("SIGNED_COPY", "WAITING"),
    }
    assert letters.count() < Packet.objects.count() // 10
