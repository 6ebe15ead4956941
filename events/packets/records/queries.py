"""Reads of what is kept, held, due and handed out. None opens a figure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.records.models import Handout, LeaverLink, LegalHold
from events.packets.records.rules.retention import Fate, Life, fate_of, kept_until
from people.accounts.models import Person
from people.activity.models import Entry
from people.org.models import Region
from people.org.queries import here


@dataclass(frozen=True, slots=True)
class Kept:
    """One released version, and what becomes of it."""

    version: PacketVersion
    fate: Fate
    ended: date
    until: date
    is_held: bool


def life_of(version: PacketVersion, zone: ZoneInfo) -> Life:
    """
    The days that retention counts from.

    :raises ValueError: the version was never released
    """
    if version.released_at is None:
        raise ValueError("Only what was released is kept.")
    return Life(
        released=version.released_at.astimezone(zone).date(),
        effective_to=version.effective_to,
        superseded=_date(version.superseded_at, zone),
        signed=_date(version.received_at, zone),
    )


def kept_of(kickoff: Kickoff, at: datetime) -> list[Kept]:
    """
    Every version that was ever released at a kickoff, with what becomes of it: what is due first,
    then by name. One query, for any number.
    """
    versions = (
        PacketVersion.objects.of(kickoff)
        .released()
        .defer("sealed")
        .select_related("packet__rep")
        .annotate(is_held=Exists(_holds(OuterRef("packet"))))
        .order_by("packet__rep__full_name", "packet", "number")
    )
    found = [_kept(version, kickoff, at) for version in versions]
    rank = [Fate.DUE, Fate.HELD, Fate.KEPT, Fate.SHREDDED]
    return sorted(found, key=lambda kept: rank.index(kept.fate))


def due_elsewhere(kickoff: Kickoff, at: datetime) -> QuerySet[Kickoff]:
    """Other kickoffs old enough that something of theirs may be due."""
    horizon = at.date().replace(day=1)
    old = horizon.replace(year=horizon.year - settings.PACKET_RETENTION_YEARS)
    versions = PacketVersion.objects.released().filter(
        Q(superseded_at__date__lt=old) | Q(superseded_at=None, effective_to__lt=old),
        shredded_at=None,
        packet__kickoff=OuterRef("pk"),
    )
    return Kickoff.objects.filter(Exists(versions)).exclude(pk=kickoff.pk)


def hold_in_force(packet: Packet) -> LegalHold | None:
    """The hold that stops deletion of a packet now, if any."""
    return LegalHold.objects.in_force().filter(packet=packet).select_related("placed_by").first()


def holds_of(kickoff: Kickoff) -> QuerySet[LegalHold]:
    """Every hold on packets of a kickoff, those that stand first."""
    return (
        LegalHold.objects.filter(packet__kickoff=kickoff)
        .select_related("packet__rep", "placed_by", "lifted_by")
        .order_by("-lifted_at", "-placed_at")
    )


def exports_of(kickoff: Kickoff) -> QuerySet[Handout]:
    """What was exported of a kickoff for counsel, the latest first."""
    return (
        Handout.objects.filter(kind=Handout.Kind.COUNSEL, kickoff=kickoff)
        .select_related("requested_by", "rep", "region")
        .order_by("-requested_at", "-pk")
    )


def own_handout(person: Person, at: datetime) -> Handout | None:
    """A rep's own files that are made or ready, if they have asked for them."""
    return (
        Handout.objects.open()
        .filter(kind=Handout.Kind.OWN, rep=person)
        .exclude(expires_at__lte=at)
        .first()
    )


def packets_in(
    *,
    kickoff: Kickoff | None = None,
    region: Region | None = None,
    rep: Person | None = None,
) -> QuerySet[Packet]:
    """The packets of a scope that were ever released. Without a kickoff, those of all."""
    released = PacketVersion.objects.released().filter(packet=OuterRef("pk"))
    packets = Packet.objects.filter(Exists(released)).select_related("rep", "kickoff")
    if kickoff is not None:
        packets = packets.filter(kickoff=kickoff)
    if region is not None:
        packets = packets.filter(rep__region=region)
    if rep is not None:
        packets = packets.filter(rep=rep)
    return packets.order_by("rep__full_name", "pk")


def leavers_of(kickoff: Kickoff, at: datetime) -> QuerySet[Person]:
    """The people with a released packet at a kickoff who have left, by name."""
    packets = packets_in(kickoff=kickoff).values("rep")
    people: QuerySet[Person] = Person.objects.filter(pk__in=packets).exclude(here(at))
    return people.order_by("full_name", "pk")


def links_of(people: Collection[Person]) -> dict[int, LeaverLink]:
    """The latest link of each of some people. Two queries."""
    links = LeaverLink.objects.filter(handout__rep__in=[person.pk for person in people])
    latest = links.order_by().values("handout__rep").annotate(last=Max("pk"))
    chosen = LeaverLink.objects.filter(pk__in=[row["last"] for row in latest])
    return {
        link.handout.rep_id: link
        for link in chosen.select_related("handout", "handout__requested_by")
        if link.handout.rep_id is not None
    }


def versions_to_hand_out(packet: Packet, *, to_counsel: bool) -> QuerySet[PacketVersion]:
    """
    All that was ever released of a packet, the first first, sealed content included. Counsel gets
    what was taken back before its rep opened it too.
    """
    versions = packet.versions.released()
    if not to_counsel:
        versions = versions.exclude(pk__in=packet.versions.taken_back_unseen())
    return versions.select_related(
        "packet__rep", "packet__kickoff", "released_by", "receipt"
    ).order_by("number")


def trail_of(packet: Packet) -> QuerySet[Entry]:
    """Who did or saw what of a packet, the first first."""
    entries: QuerySet[Entry] = Entry.objects.filter(
        object_label=Packet._meta.label_lower, object_id=packet.pk
    )
    return entries.select_related("actor").order_by("at", "pk")


def _holds(packet: OuterRef) -> QuerySet[LegalHold]:
    return LegalHold.objects.in_force().filter(packet=packet)


def _kept(version: PacketVersion, kickoff: Kickoff, at: datetime) -> Kept:
    life = life_of(version, kickoff.zone)
    held = bool(version.is_held)  # type: ignore[attr-defined]  # annotated by its query
    fate = fate_of(
        life,
        years=settings.PACKET_RETENTION_YEARS,
        today=kickoff.local_date(at),
        is_held=held,
        shredded=version.shredded_at is not None,
    )
    return Kept(version, fate, life.ended, kept_until(life, settings.PACKET_RETENTION_YEARS), held)


def _date(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
