"""What is kept and handed out at the kickoff of today: a hold, two exports, a few letters to make."""

import random
from datetime import datetime, timedelta

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.inquiries.models import Inquiry
from events.packets.letters.actions import queue_letters
from events.packets.letters.models import LetterFile
from events.packets.records.actions import (
    end_handout,
    export_for_counsel,
    place_hold,
    record_fetch,
)
from events.packets.records.models import Handout
from people.accounts.models import Person
from people.org.queries import reports_of
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_AUDITED_AGO = timedelta(days=10)
_LETTERS = 3  # of each kind: a worker makes them in seconds, and nobody waits for them


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """One claim is held and on its way to counsel; an older export is deleted; letters wait."""
    kickoff, revops = kickoffs.today, company["mateusz"]
    overdue = (
        Inquiry.objects.of(kickoff)
        .waiting()
        .filter(due_at__lte=now)
        .select_related("version__packet__rep")
        .first()
    )
    if overdue is not None:
        _claim(overdue.version.packet, revops, now)
    _audit(kickoff, company["aicha"], revops, now - _AUDITED_AGO)
    _letters(kickoff, company["soren"], now)


def _claim(packet: Packet, by: Person, now: datetime) -> None:
    place_hold(
        packet_id=packet.pk,
        reason="Matter 27-014: disputed credit of a partner deal. Asked for by Legal.",
        by=by,
        at=now - timedelta(days=1, hours=3),
    )
    # Made by the first tick a minute from now: the letter in it takes seconds
    export_for_counsel(
        kickoff=packet.kickoff,
        rep=packet.rep,
        purpose="Matter 27-014: the contract, its receipt and its trail, for outside counsel.",
        by=by,
        at=now,
    )


def _audit(kickoff: Kickoff, rep: Person, by: Person, at: datetime) -> None:
    """An export of the past: fetched once, and deleted a week later."""
    released = PacketVersion.objects.of(kickoff).released().filter(released_at__lte=at)
    if not released.filter(packet__rep=rep).exists():
        return
    export = export_for_counsel(
        kickoff=kickoff,
        rep=rep,
        purpose="Yearly sample of commission contracts, for the auditors.",
        by=by,
        at=at,
    )
    ended_at = at + timedelta(days=7)
    Handout.objects.filter(pk=export.pk).update(
        state=Handout.State.READY,
        ready_at=at + timedelta(minutes=1),
        expires_at=ended_at,
        parts_done=export.parts_total,
    )
    record_fetch(handout=export, by=by, at=at + timedelta(minutes=12))
    end_handout(handout_id=export.pk, at=ended_at)


def _letters(kickoff: Kickoff, manager: Person, now: datetime) -> None:
    """Letters and signed copies of some of a team; the rest is made when somebody asks for it."""
    in_force = (
        PacketVersion.objects.of(kickoff)
        .in_force()
        .filter(packet__rep__in=reports_of(manager, now))
        .select_related("packet__rep", "packet__kickoff")
        .order_by("pk")
    )
    signed = in_force.filter(receipt__isnull=False)[:_LETTERS]
    queue_letters(versions=list(signed), at=now)
    queue_letters(versions=list(signed), at=now, kind=LetterFile.Kind.SIGNED_COPY)
