from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.models import Packet, PacketVersion, Receipt
from events.packets.rules import sealing
from events.packets.rules.content import Content
from events.packets.rules.rows import PacketRow
from events.packets.rules.signing import is_name_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.mail.actions import Draft, queue_message, queue_messages

State = PacketVersion.State
BATCH = 500
DRAFTED = (
    "state", "sealed", "content_hash", "currency", "effective_from", "effective_to",
    "approved_by", "approved_at", "drafted_by", "drafted_at",
)  # fmt: skip


class PacketRefused(Exception):
    """The packet was not changed. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file changed: new packets, changed drafts, new versions, drafts taken back."""

    created: int = 0
    revised: int = 0
    superseding: int = 0
    withdrawn: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        return self.created + self.revised + self.superseding + self.withdrawn


@dataclass(frozen=True, slots=True)
class Approved:
    """How many drafts were approved, and the reps whose draft has no territory."""

    count: int
    without_territory: list[str]


@sensitive_variables()
@transaction.atomic
def import_packets(
    *,
    kickoff: Kickoff,
    rows: Sequence[PacketRow],
    by: Person | None,
    at: datetime,
    source: str = "",
) -> Imported:
    """
    Bring the drafts to what a file says, one row a rep; who is not in the file is left alone.

    The same content makes no new version. A change to a draft replaces it, approval gone; a
    change to what was released makes the next version, a draft. Rows were checked before.
    """
    # One import at a time: rows that are not there yet cannot be locked
    Kickoff.objects.select_for_update().get(pk=kickoff.pk)
    versions = _versions_by_rep(kickoff, lock=True)
    packets = {packet.rep_id: packet for packet in Packet.objects.filter(kickoff=kickoff)}
    missing = [row.rep.person_id for row in rows if row.rep.person_id not in packets]
    for packet in Packet.objects.bulk_create(
        [Packet(kickoff=kickoff, rep_id=rep_id, created_at=at) for rep_id in missing],
        batch_size=BATCH,
    ):
        packets[packet.rep_id] = packet
    fresh: list[PacketVersion] = []
    outcomes: Counter[str] = Counter()
    for row in rows:
        held = versions.get(row.rep.person_id, [])
        outcome, draft = _outcome(held, row.content)
        outcomes[outcome] += 1
        if outcome == "withdrawn" and draft is not None:
            draft.delete()
        elif outcome == "revised" and draft is not None:
            draft.write(row.content)
            draft.state = State.DRAFT
            draft.approved_by, draft.approved_at = None, None
            draft.drafted_by, draft.drafted_at = by, at
            draft.save(update_fields=DRAFTED)
        elif outcome in ("created", "superseding"):
            version = PacketVersion(
                packet=packets[row.rep.person_id],
                number=held[-1].number + 1 if held else 1,
                drafted_by=by,
                drafted_at=at,
            )
            version.write(row.content)
            fresh.append(version)
    PacketVersion.objects.bulk_create(fresh, batch_size=BATCH)
    imported = Imported(**outcomes)
    if imported.changed:
        record_entry(
            by=by,
            verb="packets.imported",
            at=at,
            object=kickoff,
            note=_("%(changed)d changed, %(same)d the same. %(source)s")
            % {"changed": imported.changed, "same": imported.unchanged, "source": source},
        )
    return imported


@sensitive_variables()
def plan_import(*, kickoff: Kickoff, rows: Sequence[PacketRow]) -> Imported:
    """What `import_packets` would do with these rows. Writes nothing."""
    versions = _versions_by_rep(kickoff, lock=False)
    return Imported(
        **Counter(_outcome(versions.get(row.rep.person_id, []), row.content)[0] for row in rows)
    )


def _versions_by_rep(kickoff: Kickoff, *, lock: bool) -> dict[int, list[PacketVersion]]:
    versions = PacketVersion.objects.of(kickoff).select_related("packet").order_by("number")
    found: dict[int, list[PacketVersion]] = {}
    for version in versions.select_for_update(of=("self",)) if lock else versions:
        found.setdefault(version.packet.rep_id, []).append(version)
    return found


@sensitive_variables()
def _outcome(versions: list[PacketVersion], content: Content) -> tuple[str, PacketVersion | None]:
    """What bringing one packet to a content takes, and the draft that it takes it out on."""
    draft = next((version for version in versions if not version.is_released), None)
    standing = next((v for v in reversed(versions) if v.state in PacketVersion.STANDING), None)
    if standing is not None and standing.read().says_the_same_as(content):
        return ("unchanged", None) if draft is None else ("withdrawn", draft)
    if draft is not None:
        same = draft.read().says_the_same_as(content)
        return ("unchanged", None) if same else ("revised", draft)
    return ("superseding" if versions else "created"), None


@sensitive_variables("content")
@transaction.atomic
def approve_packets(
    *, kickoff: Kickoff, by: Person, at: datetime, packet_ids: Collection[int] | None = None
) -> Approved:
    """
    Approve drafts for release: all of a kickoff, or those of some packets.

    A draft without a territory stays a draft; it is named in the answer.
    """
    drafts = _some(kickoff, packet_ids).filter(state=State.DRAFT).select_for_update(of=("self",))
    ready, without = [], []
    for draft in drafts.select_related("packet__rep"):
        content = draft.read()
        if content.territory.is_empty:
            without.append(draft.packet.rep.display_name)
        else:
            ready.append(draft.pk)
    count = PacketVersion.objects.filter(pk__in=ready, state=State.DRAFT).update(
        state=State.APPROVED, approved_by=by, approved_at=at
    )
    if count:
        record_entry(
            by=by,
            verb="packets.approved",
            at=at,
            object=kickoff,
            note=_("%(count)d packets") % {"count": count},
        )
    return Approved(count, sorted(without))


@transaction.atomic
def release_packets(
    *, kickoff: Kickoff, by: Person, at: datetime, packet_ids: Collection[int] | None = None
) -> int:
    """
    Give approved packets to their reps: all of a kickoff, or some; return how many.

    From here a version never changes. It supersedes the one before, which keeps its receipt, and
    each rep gets one notice without figures.

    :raises PacketRefused: the kickoff is still a draft, so no rep could open theirs
    """
    if kickoff.status == Kickoff.Status.DRAFT:
        raise PacketRefused(
            _("This kickoff is still a draft, so reps cannot open a packet. Open it first.")
        )
    approved = _some(kickoff, packet_ids).filter(state=State.APPROVED)
    versions = list(approved.select_for_update(of=("self",)).select_related("packet__rep"))
    if not versions:
        return 0
    # The old version first: a packet never has two that stand
    PacketVersion.objects.standing().filter(
        packet__in=[version.packet_id for version in versions]
    ).update(state=State.SUPERSEDED, superseded_at=at)
    released = PacketVersion.objects.filter(
        pk__in=[version.pk for version in versions], state=State.APPROVED
    ).update(state=State.RELEASED, released_by=by, released_at=at)
    queue_messages(drafts=[_notice(kickoff, version) for version in versions], at=at)
    record_entry(
        by=by,
        verb="packets.released",
        at=at,
        object=kickoff,
        note=_("%(count)d packets") % {"count": released},
    )
    return released


@transaction.atomic
def record_reading(
    *, version: PacketVersion, by: Person, at: datetime, verb: str = "packet.viewed"
) -> None:
    """
    Record that somebody opened a version: its rep once, as viewed; anybody else each time, in
    the audit trail that the rep can see.
    """
    packet = version.packet
    note = _("version %(number)d") % {"number": version.number}
    if packet.rep_id == by.pk:
        first = PacketVersion.objects.filter(pk=version.pk, state=State.RELEASED)
        if not first.update(state=State.VIEWED, viewed_at=at):
            return
        version.state, version.viewed_at = State.VIEWED, at
    record_entry(by=by, verb=verb, at=at, subject=packet.rep, object=packet, note=note)


@transaction.atomic
def sign_receipt(*, version_id: int, by: Person, typed_name: str, at: datetime) -> Receipt:
    """
    Sign that the rep got one version of their packet, or return the receipt that they signed.

    It binds content hash, version, name and time. It does not say that they agree. Of two at
    once, one signs and both get the same receipt.

    :raises PacketRefused: it is somebody else's, replaced, not released, or the name differs
    """
    version = PacketVersion.objects.select_related("packet__rep", "packet__kickoff").get(
        pk=version_id
    )
    rep = version.packet.rep
    if rep.pk != by.pk:
        raise PacketRefused(_("Only the rep signs the receipt of a packet."))
    if signed := Receipt.objects.filter(version=version).first():
        return signed
    if not is_name_of(typed_name, rep.full_name, rep.preferred_name):
        raise PacketRefused(
            _("Type your name as in the packet: %(name)s.") % {"name": rep.full_name}
        )
    claimed = PacketVersion.objects.filter(
        pk=version.pk, state__in=[State.RELEASED, State.VIEWED]
    ).update(state=State.RECEIVED, received_at=at, viewed_at=Coalesce(F("viewed_at"), at))
    if not claimed:
        # Somebody signed, released or replaced it since it was read above
        if signed := Receipt.objects.filter(version=version).first():
            return signed
        raise PacketRefused(_not_signable(version))
    receipt = Receipt.objects.create(
        version=version,
        person=by,
        typed_name=" ".join(typed_name.split()),
        content_hash=version.content_hash,
        signed_at=at,
    )
    record_entry(
        by=by,
        verb="packet.received",
        at=at,
        subject=by,
        object=version.packet,
        note=_("version %(number)d") % {"number": version.number},
    )
    queue_message(
        key=f"packet-received:{version.pk}",
        person=by,
        at=at,
        subject=_("You signed for your %(year)s packet")
        % {"year": version.packet.kickoff.fiscal_year},
        body=_(
            "Hello %(name)s,\n\nyou signed the receipt for version %(number)d of your packet,"
            " fingerprint %(fingerprint)s. It says that you got it, not that you agree.\n\n"
            "Read and download it here: %(url)s\n"
        )
        % {
            "name": by.display_name,
            "number": version.number,
            "fingerprint": version.fingerprint,
            "url": _mine_url(version.packet.kickoff),
        },
    )
    return receipt


@sensitive_variables("payload")
def rotate_keys(*, by: Person | None, at: datetime) -> int:
    """
    Seal every version anew with the first key, in batches; return how many.

    What they say and their hashes stay. A version that changes meanwhile is left to whoever
    changed it, who used the first key already. Safe to run again after a stop.

    :raises Unreadable: no key opens a version
    """
    count, last = 0, 0
    while batch := list(
        PacketVersion.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "sealed")[:BATCH]
    ):
        with transaction.atomic():
            for pk, sealed in batch:
                anew = sealing.reseal(sealed, settings.PACKET_KEYS)
                count += PacketVersion.objects.filter(pk=pk, sealed=sealed).update(sealed=anew)
        last = batch[-1][0]
    record_entry(by=by, verb="packets.key_rotated", at=at, note=str(count))
    return count


def _some(kickoff: Kickoff, packet_ids: Collection[int] | None) -> QuerySet[PacketVersion]:
    versions = PacketVersion.objects.of(kickoff)
    return versions if packet_ids is None else versions.filter(packet__in=packet_ids)


def _mine_url(kickoff: Kickoff) -> str:
    path = reverse("events:packets:mine", kwargs={"slug": kickoff.slug})
    return f"{settings.SITE_URL}{path}"


def _notice(kickoff: Kickoff, version: PacketVersion) -> Draft:
    facts = {
        "name": version.packet.rep.display_name,
        "year": kickoff.fiscal_year,
        "number": version.number,
        "kickoff": kickoff.name,
        "url": _mine_url(kickoff),
    }
    if version.number == 1:
        subject = _("Your %(year)s packet is ready") % facts
        body = _(
            "Hello %(name)s,\n\nyour packet for %(kickoff)s is ready: territory, quota and comp"
            " plan. Read it and sign the receipt before you leave the event: %(url)s\n\n"
            "Only you, your managers and RevOps can open it.\n"
        )
    else:
        subject = _("Your %(year)s packet has changed") % facts
        body = _(
            "Hello %(name)s,\n\nversion %(number)d of your packet for %(kickoff)s replaces the one"
            " that you have. See what changed and sign its receipt: %(url)s\n\n"
            "Only you, your managers and RevOps can open it.\n"
        )
    return Draft(
        key=f"packet-released:{version.pk}",
        person=version.packet.rep,
        subject=subject,
        body=body % facts,
    )


def _not_signable(version: PacketVersion) -> str:
    version.refresh_from_db(fields=["state"])
    if version.state == State.SUPERSEDED:
        return _("Version %(number)d was replaced. Read and sign the version that replaced it.") % {
            "number": version.number
        }
    return _("This version cannot be signed.")
