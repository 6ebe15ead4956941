"""Drafts: brought to what a file says, or to what territory, quota and comp plan say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery import queries
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock, withdraw_marks
from events.packets.delivery.actions.rounds import end_round
from events.packets.delivery.models import (
    Packet,
    PacketApproval,
    PacketLapse,
    PacketRound,
    PacketVersion,
)
from events.packets.delivery.rules.content import Content
from events.packets.delivery.rules.rows import PacketRow
from people.accounts.models import Person
from people.activity.actions import passage, record_entry
from people.activity.models import Passage
from people.notices.actions import tell

State = PacketVersion.State
BATCH = 500
DRAFTED = (
    "state", "sealed", "content_hash", "currency", "effective_from", "effective_to",
    "submitted_by", "submitted_at", "approved_by", "approved_at", "release",
    "drafted_by", "drafted_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """
    What a file changed: new packets, changed drafts, new versions, drafts taken back; how many of
    the drafts lost an approval, and how many an embargo; and how many others come back from the
    approvers, as the round that they were sent in goes as a whole.
    """

    created: int = 0
    revised: int = 0
    superseding: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    unapproved: int = 0
    set_free: int = 0
    sent_back: int = 0

    @property
    def changed(self) -> int:
        return self.created + self.revised + self.superseding + self.withdrawn

    @property
    def in_words(self) -> list[tuple[str, int]]:
        """Each count with what it counts."""
        return [(label, count) for _name, label, count in self.lines]

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Each count by its name here and in words; a loss only where there is one."""
        counts = [
            ("created", _("New packets"), self.created),
            ("revised", _("Drafts that change"), self.revised),
            ("superseding", _("New versions of released packets"), self.superseding),
            (
                "withdrawn",
                _("Drafts taken back, as what is released says the same"),
                self.withdrawn,
            ),
            ("unchanged", _("The same as now"), self.unchanged),
        ]
        losses = [
            (
                "unapproved",
                _("Changed after an approval, so they have to be approved again"),
                self.unapproved,
            ),
            (
                "set_free",
                _("Changed under embargo, so they do not come out with it"),
                self.set_free,
            ),
            (
                "sent_back",
                _("Not changed, and back from the approvers with the rest of their round"),
                self.sent_back,
            ),
        ]
        return counts + [line for line in losses if line[2]]


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

    The same content makes no new version. A change to a draft replaces it, and takes it out of
    approval and embargo, and sends back the round that it is in; a change to what was released
    makes the next version, a draft. Rows were checked before.
    """
    # One change at a time: rows that are not there yet cannot be locked
    lock(kickoff)
    versions = _versions_by_rep(kickoff, lock=True)
    packets = {packet.rep_id: packet for packet in Packet.objects.filter(kickoff=kickoff)}
    missing = [row.rep.person_id for row in rows if row.rep.person_id not in packets]
    for packet in Packet.objects.bulk_create(
        [Packet(kickoff=kickoff, rep_id=rep_id, created_at=at) for rep_id in missing],
        batch_size=BATCH,
    ):
        packets[packet.rep_id] = packet
    fresh: list[PacketVersion] = []
    revised: list[int] = []
    withdrawn: list[PacketVersion] = []
    lapses: list[PacketLapse] = []
    outcomes: Counter[str] = Counter()
    approved = _approved(versions)
    found = [_found(row, versions, approved) for row in rows]
    outcomes["sent_back"] = _sent_back(kickoff, found, by, at)
    for each in found:
        row, outcome, draft, lost = each.row, each.outcome, each.draft, each.lost
        held = versions.get(row.rep.person_id, [])
        outcomes.update([outcome, *lost])
        if outcome == "withdrawn" and draft is not None:
            withdrawn.append(draft)
        elif outcome == "revised" and draft is not None:
            draft.write(row.content)
            if lost:
                lapses.append(PacketLapse(version=draft, release_id=draft.release_id, by=by, at=at))
            draft.state, draft.release = State.DRAFT, None
            draft.submitted_by, draft.submitted_at = None, None
            draft.approved_by, draft.approved_at = None, None
            draft.drafted_by, draft.drafted_at = by, at
            draft.save(update_fields=DRAFTED)
            revised.append(draft.pk)
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
    withdraw_marks(revised, at, by=by)
    _delete(withdrawn, by, at)
    PacketLapse.objects.bulk_create(lapses, batch_size=BATCH)
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
@transaction.atomic
def draft_packets(
    *,
    kickoff: Kickoff,
    by: Person | None,
    at: datetime,
    person_ids: Collection[int] | None = None,
) -> Imported:
    """
    Bring the drafts to what territory, quota and comp plan say now: of all reps, or of some.

    Who lacks a quota, a comp plan or pay is left alone; `queries.draftables` says who and what.

    :raises Unreadable: no key opens a figure
    """
    rows = queries.rows_of(queries.draftables(kickoff, person_ids))
    return import_packets(
        kickoff=kickoff, rows=rows, by=by, at=at, source=_("From territories, quotas and plans.")
    )


@sensitive_variables()
def plan_import(*, kickoff: Kickoff, rows: Sequence[PacketRow]) -> Imported:
    """What `import_packets` would do with these rows. Writes nothing."""
    return counted(kickoff, outcomes(kickoff=kickoff, rows=rows))


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What bringing one rep's packet to a content takes, on which draft, and what that loses."""

    row: PacketRow
    outcome: str
    draft: PacketVersion | None
    lost: Sequence[str] = ()


@sensitive_variables()
def outcomes(*, kickoff: Kickoff, rows: Sequence[PacketRow]) -> list[Outcome]:
    """What `import_packets` would do with each of these rows, named as `Imported` counts them."""
    versions = _versions_by_rep(kickoff, lock=False)
    approved = _approved(versions)
    return [_found(row, versions, approved) for row in rows]


def counted(kickoff: Kickoff, found: Collection[Outcome]) -> Imported:
    """How many of each outcome there are, of each loss, and of what comes back with them."""
    counts = Counter(name for each in found for name in (each.outcome, *each.lost))
    _sent, back = _touched(kickoff, found)
    return Imported(**counts, sent_back=len(back))


@transaction.atomic
def draft_newcomers(kickoff: Kickoff, at: datetime) -> None:
    """
    Draft packets for reps who joined after packets went out, and tell RevOps.

    Runs inside whatever changed the roster. Who has a draft is no newcomer any more, so running
    it again drafts nobody twice, and the same newcomers are told of once.
    """
    joined = queries.newcomers(kickoff)
    if not joined:
        return
    made = draft_packets(kickoff=kickoff, by=None, at=at, person_ids=joined).changed
    names = hashlib.sha256(repr(joined).encode()).hexdigest()[:16]
    said = ngettext(
        "%(count)d rep joined %(kickoff)s after packets went out. Drafts made: %(made)d.",
        "%(count)d reps joined %(kickoff)s after packets went out. Drafts made: %(made)d.",
        len(joined),
    ) % {"count": len(joined), "kickoff": kickoff.name, "made": made}
    tell(
        drafts=notices.to_revops(
            kickoff,
            key=f"packets-newcomers:{kickoff.pk}:{names}",
            subject=_("New reps need a packet"),
            text=said,
        ),
        at=at,
    )


def _delete(drafts: Sequence[PacketVersion], by: Person | None, at: datetime) -> None:
    """Delete drafts that say what is released, with the approvals on them."""
    if drafts:
        note = ", ".join(f"#{draft.packet_id} v{draft.number}" for draft in drafts)
        with passage(reason=Passage.Reason.WITHDRAWAL, by=by, at=at, note=note):
            for draft in drafts:
                draft.delete()


def _versions_by_rep(kickoff: Kickoff, *, lock: bool) -> dict[int, list[PacketVersion]]:
    versions = PacketVersion.objects.of(kickoff).select_related("packet").order_by("number")
    found: dict[int, list[PacketVersion]] = {}
    for version in versions.select_for_update(of=("self",)) if lock else versions:
        found.setdefault(version.packet.rep_id, []).append(version)
    return found


def _approved(versions: dict[int, list[PacketVersion]]) -> set[int]:
    """Of some versions, those that an approval counts for."""
    ids = [one.pk for held in versions.values() for one in held if not one.is_released]
    given = PacketApproval.objects.live().filter(version__in=ids)
    return set(given.values_list("version_id", flat=True))


def _lost(outcome: str, draft: PacketVersion | None, approved: set[int]) -> list[str]:
    """What a draft loses by an outcome, as `Imported` counts it."""
    if draft is None or outcome not in ("revised", "withdrawn"):
        return []
    # One that is taken back needs no approval any more
    is_approved = draft.pk in approved or draft.state == State.APPROVED
    lost = ["unapproved"] if outcome == "revised" and is_approved else []
    return [*lost, "set_free"] if draft.release_id is not None else lost


def _touched(
    kickoff: Kickoff, found: Collection[Outcome]
) -> tuple[PacketRound | None, Collection[int]]:
    """The round that some outcomes would end, and what of it waits and does not change itself."""
    changes = {
        each.draft.pk
        for each in found
        if each.draft is not None and each.outcome in ("revised", "withdrawn")
    }
    sent = queries.open_round(kickoff) if changes else None
    if sent is None or not sent.versions.filter(pk__in=changes).exists():
        return None, ()
    waiting = sent.versions.waiting_for_approval().exclude(pk__in=changes)
    return sent, list(waiting.values_list("pk", flat=True))


def _sent_back(
    kickoff: Kickoff, found: Collection[Outcome], by: Person | None, at: datetime
) -> int:
    """End the round that some of the outcomes change; how many come back with them."""
    sent, back = _touched(kickoff, found)
    if sent is not None:
        end_round(sent, outcome=PacketRound.Outcome.CHANGED, by=by, at=at)
    return len(back)


@sensitive_variables()
def _found(row: PacketRow, versions: dict[int, list[PacketVersion]], approved: set[int]) -> Outcome:
    outcome, draft = _outcome(versions.get(row.rep.person_id, []), row.content)
    return Outcome(row, outcome, draft, _lost(outcome, draft, approved))


@sensitive_variables()
def _outcome(versions: list[PacketVersion], content: Content) -> tuple[str, PacketVersion | None]:
    """What bringing one packet to a content takes, and the draft that it takes it out on."""
    draft = next((version for version in versions if not version.is_released), None)
    in_force = next((v for v in reversed(versions) if v.state in PacketVersion.IN_FORCE), None)
    if in_force is not None and in_force.read().says_the_same_as(content):
        return ("unchanged", None) if draft is None else ("withdrawn", draft)
    if draft is not None:
        same = draft.read().says_the_same_as(content)
        return ("unchanged", None) if same else ("revised", draft)
    return ("superseding" if versions else "created"), None
