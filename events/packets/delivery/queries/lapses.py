"""Drafts that changed after an approval, and what they lost by it. No figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from core.folding import alphabetical
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketLapse, PacketReturn, PacketVersion
from events.packets.delivery.queries.releases import Embargo
from events.packets.delivery.rules import words

State = PacketVersion.State


@dataclass(frozen=True, slots=True)
class Lapses:
    """
    Packets that changed after an approval: whose, and how many of them waited under an embargo.
    """

    names: tuple[str, ...]
    packet_ids: tuple[int, ...]
    embargoed: int

    @property
    def count(self) -> int:
        return len(self.packet_ids)

    @property
    def named(self) -> str:
        return words.named(self.names)


def lapsed_drafts(kickoff: Kickoff) -> Lapses | None:
    """Those that RevOps has not sent for approval again, nor an approver sent back. One query."""
    found = [
        lapse
        for lapse in _latest(kickoff)
        if lapse.version.state == State.DRAFT
        and lapse.version.submitted_at is None
        and not lapse.is_returned  # type: ignore[attr-defined]  # annotated by its query
    ]
    return _together(found) if found else None


def left_behind(kickoff: Kickoff, waiting: Sequence[Embargo]) -> list[tuple[Embargo, Lapses]]:
    """What is approved again and waits for none, by the embargo that it had waited under. One query."""
    free = [
        lapse
        for lapse in _latest(kickoff)
        if lapse.version.state == State.APPROVED and lapse.version.release_id is None
    ]
    by_embargo = [
        (one, [lapse for lapse in free if lapse.release_id == one.release.pk]) for one in waiting
    ]
    return [(one, _together(lapses)) for one, lapses in by_embargo if lapses]


def lapse_of(version: PacketVersion) -> PacketLapse | None:
    """What a draft lost last, until it is sent for approval again. One query."""
    if version.state != State.DRAFT or version.submitted_at is not None:
        return None
    return version.lapses.select_related("by").first()


def _latest(kickoff: Kickoff) -> list[PacketLapse]:
    """The last lapse of each version that is not released, by name."""
    returned = PacketReturn.versions.through.objects.filter(
        packetversion=OuterRef("version"), packetreturn__at__gte=OuterRef("at")
    )
    lapses = (
        PacketLapse.objects.filter(
            version__packet__kickoff=kickoff, version__state__in=PacketVersion.UNRELEASED
        )
        .select_related("version__packet__rep")
        .defer("version__sealed")
        .annotate(is_returned=Exists(returned))
        .order_by("at", "pk")
    )
    last = {lapse.version_id: lapse for lapse in lapses}
    return sorted(last.values(), key=lambda lapse: alphabetical(lapse.version.packet.rep.full_name))


def _together(lapses: Sequence[PacketLapse]) -> Lapses:
    return Lapses(
        names=tuple(lapse.version.packet.rep.display_name for lapse in lapses),
        packet_ids=tuple(lapse.version.packet_id for lapse in lapses),
        embargoed=sum(lapse.release_id is not None for lapse in lapses),
    )
