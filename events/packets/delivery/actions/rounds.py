"""Rounds: drafts go to the approvers together, and come back together."""

from __future__ import annotations

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
from events.packets.delivery.actions.locking import lock, some, withdraw_marks
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.models import ApproverKind, PacketApprover, PacketRound, PacketVersion
from events.packets.delivery.rules.cells import Kept
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell
from people.org.queries import is_here

State = PacketVersion.State
Outcome = PacketRound.Outcome


@dataclass(frozen=True, slots=True)
class Sent:
    """
    How many drafts went to the approvers, whether these see any sum of them, and the currencies
    without a rate, for which they see no total in one; and the reps whose draft stays: without
    territory, unreadable, or not paying the target at 100%.
    """

    count: int
    without_territory: list[str]
    unreadable: list[str]
    not_paying: list[str]
    shows_sums: bool = False
    without_rate: tuple[str, ...] = ()


@transaction.atomic
def submit_packets(
    *, kickoff: Kickoff, by: Person, at: datetime, packet_ids: Collection[int] | None = None
) -> Sent:
    """
    Send drafts to the approvers as a round: all of a kickoff, or those of some packets.

    What cannot be approved stays with RevOps and is named in the answer. Each approver gets one
    mail, with a count and no figure.

    :raises PacketRefused: a side has no approver, or a round is with the approvers already: one
        packet more would show by how much it adds to the sums
    """
    lock(kickoff)
    approvers = _approvers(kickoff)
    if missing := [kind.label for kind in ApproverKind if kind not in {a.kind for a in approvers}]:
        raise PacketRefused(
            _("Nobody approves for %(kinds)s yet. Name somebody first.")
            % {"kinds": ", ".join(str(kind) for kind in missing)}
        )
    drafts = some(kickoff, packet_ids).filter(state=State.DRAFT, submitted_at=None)
    ready: list[PacketVersion] = []
    stays: dict[str, list[str]] = {"no_territory": [], "unreadable": [], "not_paying": []}
    for draft in drafts.select_for_update(of=("self",)).select_related("packet__rep__region"):
        problem = queries.what_holds_back(draft)
        if problem:
            stays[problem].append(draft.packet.rep.display_name)
        else:
            ready.append(draft)
    kept = Kept(())
    if ready:
        if queries.open_round(kickoff) is not None:
            raise PacketRefused(
                _(
                    "A round is with the approvers. Take it back and send all together, or wait"
                    " until both sides have approved it."
                )
            )
        kept = start_round(kickoff=kickoff, versions=ready, by=by, at=at)
        record_entry(
            by=by,
            verb="packets.submitted",
            at=at,
            object=kickoff,
            note=_("%(count)d packets") % {"count": len(ready)},
        )
        waiting = {one: queries.waiting_for(one).count() for one in approvers if _can_read(one, at)}
        tell(
            drafts=[notices.submitted(a, number, at) for a, number in waiting.items() if number],
            at=at,
        )
    return Sent(
        len(ready),
        sorted(stays["no_territory"]),
        sorted(stays["unreadable"]),
        sorted(stays["not_paying"]),
        bool(kept.shown),
        tuple(kept.without_rate),
    )


@sensitive_variables()
def start_round(
    *, kickoff: Kickoff, versions: Sequence[PacketVersion], by: Person, at: datetime
) -> Kept:
    """
    Open a round of drafts, with their rep and region at hand, that can all be approved; return
    what is kept of it. What its approvers see is settled here, once for all of them.
    """
    kept = queries.to_keep(kickoff, versions, _approvers(kickoff), at)
    sent = PacketRound(
        kickoff=kickoff,
        number=PacketRound.objects.filter(kickoff=kickoff).count() + 1,
        size=len(versions),
        submitted_by=by,
        submitted_at=at,
    )
    sent.write(kept)
    sent.save()
    ids = [version.pk for version in versions]
    sent.versions.set(ids)
    PacketVersion.objects.filter(pk__in=ids, state=State.DRAFT).update(
        submitted_by=by, submitted_at=at
    )
    return kept


@transaction.atomic
def take_back_round(*, kickoff: Kickoff, by: Person, at: datetime) -> int:
    """
    Take the round that is with the approvers back to the desk; return how many packets came.

    :raises PacketRefused: none is with them any more
    """
    lock(kickoff)
    sent = queries.open_round(kickoff)
    if sent is None:
        raise PacketRefused(_("No round is with the approvers any more. Look at the desk again."))
    count = len(end_round(sent, outcome=Outcome.WITHDRAWN, by=by, at=at))
    record_entry(
        by=by,
        verb="packets.round_taken_back",
        at=at,
        object=kickoff,
        note=_("%(count)d packets") % {"count": count},
    )
    return count


def end_round(sent: PacketRound, *, outcome: str, by: Person | None, at: datetime) -> list[int]:
    """
    Send what waits of a round back to RevOps, without the approvals of either side, and tell the
    approvers and RevOps; return its versions. Runs under the lock of the kickoff.
    """
    ids = list(sent.versions.waiting_for_approval().values_list("pk", flat=True))
    PacketVersion.objects.filter(pk__in=ids).update(submitted_by=None, submitted_at=None)
    withdraw_marks(ids, at, by=by)
    _close(sent, outcome, by, at)
    why = str(Outcome(outcome).label)
    drafts = [
        notices.round_ended(one, sent, why)
        for one in _approvers(sent.kickoff)
        if _can_read(one, at) and one.person != by
    ]
    if outcome != Outcome.RETURNED:  # of that they are told by whom, and that it says why
        drafts += notices.to_revops(
            sent.kickoff,
            key=f"packets-round-back:{sent.pk}",
            subject=_("A round of %(kickoff)s is back") % {"kickoff": sent.kickoff.name},
            text="{} {}".format(
                why,
                ngettext(
                    "%(count)d draft has to be sent for approval again.",
                    "%(count)d drafts have to be sent for approval again, together.",
                    len(ids),
                )
                % {"count": len(ids)},
            ),
        )
    tell(drafts=drafts, at=at)
    return ids


def close_approved(kickoff: Kickoff, *, by: Person, at: datetime) -> None:
    """Close the round of a kickoff once nothing of it waits. Runs under the lock of the kickoff."""
    sent = queries.open_round(kickoff)
    if sent is not None and not sent.versions.waiting_for_approval().exists():
        _close(sent, Outcome.APPROVED, by, at)


@transaction.atomic
def show_round(*, sent: PacketRound, at: datetime) -> bool:
    """
    Note that an approver is about to see the sums of a round; whether they may.

    Not once it went back: the next round may have been measured against what was shown until then.
    """
    lock(sent.kickoff)
    latest = queries.latest_round(sent.kickoff)
    if latest is None or latest.pk != sent.pk or not (latest.is_open or latest.is_approved):
        return False
    PacketRound.objects.filter(pk=sent.pk, shown_at=None).update(shown_at=at)
    return True


def _close(sent: PacketRound, outcome: str, by: Person | None, at: datetime) -> None:
    PacketRound.objects.open().filter(pk=sent.pk).update(
        closed_at=at, closed_by=by, outcome=outcome
    )


def _approvers(kickoff: Kickoff) -> list[PacketApprover]:
    return list(PacketApprover.objects.filter(kickoff=kickoff).select_related("person", "kickoff"))


def _can_read(approver: PacketApprover, at: datetime) -> bool:
    return is_here(approver.person, at)
