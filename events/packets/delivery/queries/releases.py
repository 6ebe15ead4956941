"""Releases that wait, and the parts of a kickoff that a release can name. No figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.folding import alphabetical
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery.hooks import moments_of
from events.packets.delivery.models import Packet, PacketRelease, PacketVersion
from events.packets.delivery.rules import words
from events.packets.delivery.rules.aggregates import role_of

State = PacketVersion.State
LISTED_REPS = 12


@dataclass(frozen=True, slots=True)
class Embargo:
    """
    A release that waits, and its moment as the agenda has it now; `is_lost` once that is gone,
    `is_held` since the event was moved.
    """

    release: PacketRelease
    due_at: datetime
    label: str
    is_lost: bool
    count: int

    @property
    def is_held(self) -> bool:
        return self.release.held_at is not None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether RevOps has to say when it comes out; until then it does not."""
        return self.is_lost or self.is_held


@dataclass(frozen=True, slots=True)
class Scope:
    """
    A part of what can be released: its key in a form, its name, that with a count, its packets,
    and the names of their reps.
    """

    key: str
    name: str  # kept with the release, whose count may change afterwards
    label: str
    packet_ids: tuple[int, ...]
    reps: tuple[str, ...]

    @property
    def named(self) -> str:
        return words.named(self.reps, LISTED_REPS)


def embargoes(kickoff: Kickoff) -> list[Embargo]:
    """Every release of a kickoff that waits, the next first. Two queries, and the agenda's."""
    waiting = list(
        PacketRelease.objects.waiting()
        .filter(kickoff=kickoff)
        .select_related("by")
        .annotate(count=Count("versions", filter=Q(versions__state=State.APPROVED)))
    )
    found = [
        Embargo(release, at, label, lost, release.count)  # type: ignore[attr-defined]  # annotated by its query
        for release, (at, label, lost) in zip(waiting, _now(kickoff, waiting), strict=True)
    ]
    return sorted(found, key=lambda one: (one.due_at, one.release.pk))


def embargo_of(packet: Packet) -> Embargo | None:
    """When the next version of a packet comes out, if one waits. One query, and the agenda's."""
    release = (
        PacketRelease.objects.waiting()
        .filter(versions__packet=packet, versions__state=State.APPROVED)
        .first()
    )
    if release is None:
        return None
    ((at, label, lost),) = _now(packet.kickoff, [release])
    return Embargo(release, at, label, lost, 1)


def embargoes_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, tuple[int, Embargo]]:
    """Whose packet waits, of some reps: its id, and what for. Three queries, and the agenda's."""
    waiting = {one.release.pk: one for one in embargoes(kickoff)}
    rows = PacketVersion.objects.of(kickoff).filter(
        state=State.APPROVED, release__in=waiting, packet__rep__in=person_ids
    )
    found = rows.values_list("packet__rep_id", "packet_id", "release_id")
    return {rep: (packet, waiting[release]) for rep, packet, release in found if release}


def releasable(kickoff: Kickoff) -> list[Scope]:
    """
    What a release can name: all that is approved and waits for none, and each region, team,
    manager and role of it. One query.
    """
    versions = (
        PacketVersion.objects.of(kickoff)
        .filter(state=State.APPROVED, release=None)
        .select_related("packet__rep__region", "packet__rep__team", "packet__rep__manager")
        .defer("sealed")
        .order_by("packet__rep__full_name", "pk")
    )
    parts: dict[tuple[int, str, str], list[PacketVersion]] = {}
    for version in versions:
        rep = version.packet.rep
        names = [(0, "all", "")]
        if rep.region:
            names.append((1, f"region:{rep.region_id}", rep.region.name))
        if rep.team:
            names.append((2, f"team:{rep.team_id}", rep.team.name))
        if rep.manager:
            names.append((3, f"manager:{rep.manager_id}", rep.manager.full_name))
        if role := role_of(rep.job_title):
            names.append((4, f"role:{role}", role))
        for name in names:
            parts.setdefault(name, []).append(version)
    return [
        _scope(key, name or _("All that is approved"), _label(order, name, len(part)), part)
        for (order, key, name), part in sorted(
            parts.items(), key=lambda one: (one[0][0], alphabetical(one[0][2]))
        )
    ]


def chosen_scope(kickoff: Kickoff, packet_ids: list[int]) -> Scope | None:
    """Those of some packets that can be released, as a scope of their own."""
    chosen = list(
        PacketVersion.objects.of(kickoff)
        .filter(state=State.APPROVED, release=None, packet__in=packet_ids)
        .select_related("packet__rep")
        .defer("sealed")
        .order_by("packet__rep__full_name", "pk")
    )
    if not chosen:
        return None
    if len(chosen) == 1:
        label = chosen[0].packet.rep.full_name
    else:
        label = ngettext("%(count)d chosen packet", "%(count)d chosen packets", len(chosen)) % {
            "count": len(chosen)
        }
    return _scope("chosen", label, label, chosen)


def newcomers(kickoff: Kickoff) -> list[int]:
    """
    Reps who joined the roster, or the company, after the first packets of a kickoff went out, and
    for whom none was ever drafted. Two queries.
    """
    first = PacketVersion.objects.of(kickoff).aggregate(at=Min("released_at"))["at"]
    if first is None or kickoff.status == Kickoff.Status.ARCHIVED:
        return []
    drafted = PacketVersion.objects.of(kickoff).filter(packet__rep=OuterRef("person"))
    late = Q(added_at__gt=first) | Q(person__hire_date__gt=kickoff.local_date(first))
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota().filter(late)
    return list(
        reps.exclude(Exists(drafted)).order_by("person_id").values_list("person_id", flat=True)
    )


def _scope(key: str, name: str, label: str, versions: list[PacketVersion]) -> Scope:
    return Scope(
        key,
        name,
        label,
        tuple(version.packet_id for version in versions),
        tuple(version.packet.rep.full_name for version in versions),
    )


def _now(kickoff: Kickoff, releases: list[PacketRelease]) -> list[tuple[datetime, str, bool]]:
    """Where each release's moment is now; the last known one once it is gone."""
    known = {}
    if any(release.moment_key for release in releases):
        known = {moment.key: moment for moment in moments_of(kickoff)}
    found = []
    for release in releases:
        moment = known.get(release.moment_key)
        if moment is not None:
            found.append((moment.at, moment.label, False))
        else:
            found.append((release.due_at, release.moment_label, bool(release.moment_key)))
    return found


def _label(order: int, name: str, count: int) -> str:
    facts = {"name": name, "count": count}
    if order == 0:
        return _("All that is approved (%(count)d)") % facts
    return _("%(name)s (%(count)d)") % facts
