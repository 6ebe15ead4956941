"""Finance and sales leadership approve what was sent to them, or send it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery import queries
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock
from events.packets.delivery.actions.refusals import PacketRefused, no_round
from events.packets.delivery.actions.rounds import close_approved, end_round
from events.packets.delivery.models import (
    ApproverKind,
    PacketApproval,
    PacketApprover,
    PacketReturn,
    PacketRound,
    PacketVersion,
    seal_text,
)
from events.packets.delivery.rules.content import fingerprint
from events.packets.delivery.rules.signing import is_name_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell
from people.org.queries import is_here

State = PacketVersion.State
BATCH = 500


@dataclass(frozen=True, slots=True)
class Approved:
    """
    How many drafts got this approval, how many of them have both and can be released now, and
    how many were held back, since 100% does not pay the target or nothing can be read.
    """

    count: int
    complete: int
    held_back: int


@transaction.atomic
def name_approver(
    *, kickoff: Kickoff, person: Person, kind: str, by: Person, at: datetime
) -> PacketApprover:
    """
    Let somebody approve the packets of a kickoff, for finance or for sales leadership.

    :raises PacketRefused: they are an approver of this kickoff already, or are no longer here
    """
    lock(kickoff)
    if not is_here(person, at):
        raise PacketRefused(_("%(name)s is no longer here.") % {"name": person.full_name})
    if held := PacketApprover.objects.filter(kickoff=kickoff, person=person).first():
        raise PacketRefused(
            _("%(name)s approves for %(kind)s already. Nobody approves for both.")
            % {"name": person.full_name, "kind": held.get_kind_display()}
        )
    approver = PacketApprover.objects.create(
        kickoff=kickoff, person=person, kind=kind, named_by=by, named_at=at
    )
    record_entry(
        by=by, verb="packets.approver_named", at=at, subject=person, object=kickoff, note=kind
    )
    told = notices.named(approver, at)
    tell(drafts=[told], at=at)
    return approver


@transaction.atomic
def remove_approver(*, approver: PacketApprover, by: Person, at: datetime) -> None:
    """Let somebody approve no more. What they approved stays approved."""
    lock(approver.kickoff)
    record_entry(
        by=by,
        verb="packets.approver_removed",
        at=at,
        subject=approver.person,
        object=approver.kickoff,
        note=approver.kind,
    )
    approver.delete()


@transaction.atomic
def approve_packets(
    *,
    kickoff: Kickoff,
    by: Person,
    at: datetime,
    typed_name: str,
    packet_ids: Collection[int] | None = None,
    seen: str | None = None,
) -> Approved:
    """
    Approve what waits for this person, under their typed name: all of it, or that of some packets.

    An approval binds the content hash, and the digest of all that was approved with it. With those
    of both sides, which come from two people, a version is APPROVED. Nobody approves what they
    drafted, nor their own packet. `seen` is what `queries.digest` said of the page that they
    approve from.

    :raises PacketRefused: they are no approver, the name differs, or what waits has changed since
        they looked
    """
    approver, versions = _waiting(kickoff, by, packet_ids, seen)
    if not is_name_of(typed_name, by.full_name, by.preferred_name):
        raise PacketRefused(_("Type your name: %(name)s.") % {"name": by.full_name})
    ready, held_back = [], 0
    for version in versions:
        if queries.what_holds_back(version):
            held_back += 1
        else:
            ready.append(version)
    sent = queries.open_round(kickoff)
    if ready and sent is None:
        raise no_round()
    signed_hash = queries.digest(ready, sent)
    PacketApproval.objects.bulk_create(
        [
            PacketApproval(
                version=version,
                kind=approver.kind,
                by=by,
                at=at,
                content_hash=version.content_hash,
                round=sent,
                typed_name=" ".join(typed_name.split()),
                signed_hash=signed_hash,
            )
            for version in ready
        ],
        batch_size=BATCH,
    )
    complete = 0
    for start in range(0, len(ready), BATCH):
        complete += _complete([version.pk for version in ready[start : start + BATCH]], by, at)
    if ready:
        record_entry(
            by=by,
            verb="packets.approved",
            at=at,
            object=kickoff,
            note=_("%(count)d packets, %(kind)s, fingerprint %(fingerprint)s")
            % {
                "count": len(ready),
                "kind": approver.get_kind_display(),
                "fingerprint": fingerprint(signed_hash),
            },
        )
        close_approved(kickoff, by=by, at=at)
    return Approved(len(ready), complete, held_back)


@sensitive_variables("reason")
@transaction.atomic
def return_packets(
    *, kickoff: Kickoff, by: Person, at: datetime, reason: str, seen: str | None = None
) -> int:
    """
    Send the round that waits for this person back to RevOps, with a reason; return how many packets.

    It goes as a whole: of what is left after a part went back, the sums would tell that part. What
    both sides have approved stays approved; the approvals of one side go, as what comes again is
    looked at again.

    :raises PacketRefused: no reason, no approver, or what waits has changed since they looked
    """
    if not reason.strip():
        raise PacketRefused(_("Say what has to change."))
    approver, versions = _waiting(kickoff, by, None, seen)
    sent = queries.open_round(kickoff)
    if sent is None or not versions:
        return 0
    returned = PacketReturn.objects.create(
        kind=approver.kind, by=by, at=at, sealed_reason=seal_text(reason.strip())
    )
    ids = end_round(sent, outcome=PacketRound.Outcome.RETURNED, by=by, at=at)
    returned.versions.set(ids)
    record_entry(
        by=by,
        verb="packets.returned",
        at=at,
        object=kickoff,
        note=_("%(count)d packets, %(kind)s")
        % {"count": len(ids), "kind": approver.get_kind_display()},
    )
    tell(
        drafts=notices.to_revops(
            kickoff,
            key=f"packets-returned:{returned.pk}",
            subject=_("Packets of %(kickoff)s came back") % {"kickoff": kickoff.name},
            text=_("%(by)s (%(kind)s) sent the round of %(count)d packets back and said why.")
            % {"by": by.full_name, "kind": approver.get_kind_display(), "count": len(ids)},
        ),
        at=at,
    )
    return len(ids)


def _waiting(
    kickoff: Kickoff, by: Person, packet_ids: Collection[int] | None, seen: str | None
) -> tuple[PacketApprover, list[PacketVersion]]:
    lock(kickoff)
    approver = PacketApprover.objects.filter(kickoff=kickoff, person=by).first()
    if approver is None:
        raise PacketRefused(_("You do not approve packets of this kickoff."))
    versions = list(queries.waiting_for(approver).select_for_update(of=("self",)))
    if seen is not None and seen != queries.digest(versions, queries.latest_round(kickoff)):
        raise PacketRefused(
            _("What waits for you has changed since you opened this page. Look at it again.")
        )
    if packet_ids is not None:
        wanted = set(packet_ids)
        versions = [version for version in versions if version.packet_id in wanted]
    return approver, versions


def _complete(version_ids: list[int], by: Person, at: datetime) -> int:
    """Approve those that have the approval of both sides."""
    both = (
        PacketApproval.objects.live()
        .filter(version__in=version_ids)
        .values("version")
        .annotate(
            kinds=Count("kind", filter=Q(content_hash=F("version__content_hash")), distinct=True)
        )
        .filter(kinds=len(ApproverKind.values))
        .values("version")
    )
    return PacketVersion.objects.filter(
        pk__in=both, state=State.DRAFT, submitted_at__isnull=False
    ).update(state=State.APPROVED, approved_by=by, approved_at=at)
