"""Two devices at once; real row locks, so on PostgreSQL."""

import pytest

from agenda.clinics.models import Act, Step, Turn
from agenda.tests.clinics.room import act, build_clinic, clock, step
from core.tests.races import at_once
from events.commitments.models import Commitment
from events.tests.factories import KickoffFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_batch_that_arrives_twice_at_once_is_kept_once():
    clinic = build_clinic(KickoffFactory())
    sent = [clock(clinic.key()), step(clinic.key(), clinic.members[1])]

    at_once(lambda: clinic.do(*sent), times=2)

    assert (Act.objects.count(), Turn.objects.count()) == (2, 1)
    assert Step.objects.get().commitment == Commitment.objects.get()


def test_of_two_devices_at_once_neither_overwrites_what_the_other_did():
    clinic = build_clinic(KickoffFactory())
    verdict = act("VERDICT", {"verdict": "INVEST"}, clinic.key(), minutes=2)

    at_once(lambda: clinic.do(clock(clinic.key())), lambda: clinic.do(verdict))

    turn = Turn.objects.get()
    assert (turn.verdict, turn.began_at is not None) == ("INVEST", True)
