"""A version ends: RevOps takes it back, or its last day is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery import queries
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.models import PacketAnswer, PacketRecall, PacketVersion, seal_text
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell

State = PacketVersion.State
# How a version stood by the last answer to it
_ANSWERED = {
    PacketAnswer.Kind.ACCEPTED: State.ACCEPTED,
    PacketAnswer.Kind.DECLINED: State.DECLINED,
}


@sensitive_variables("reason")
@transaction.atomic
def recall_packet(*, version_id: int, by: Person, at: datetime, reason: str) -> PacketRecall:
    """
    Take a released version back, with a reason; what the rep signed for it is kept.

    The version that it had replaced is in force again, as it stood, and the rep is told; an
    earlier one that was taken back too is passed over. Without one nothing is in force.

    :raises PacketRefused: no reason, or the version does not stand any more
    """
    version = PacketVersion.objects.select_related("packet__rep", "packet__kickoff").get(
        pk=version_id
    )
    packet = version.packet
    if not reason.strip():
        raise PacketRefused(_("Say why you take it back. The rep reads this."))
    lock(packet.kickoff)
    stands = PacketVersion.objects.in_force().filter(pk=version.pk)
    if not stands.update(state=State.RECALLED, recalled_at=at):
        raise PacketRefused(_("Only the version that a rep holds can be taken back."))
    before = queries.replaced_by(version)
    if before is not None:
        before.state, before.superseded_at = _stood(before), None
        before.save(update_fields=["state", "superseded_at"])
    recall = PacketRecall.objects.create(
        version=version, by=by, at=at, sealed_reason=seal_text(reason.strip()), in_force=before
    )
    record_entry(
        by=by,
        verb="packet.recalled",
        at=at,
        subject=packet.rep,
        object=packet,
        note=_("version %(number)d") % {"number": version.number},
    )
    told = notices.recalled(version, before)
    tell(drafts=[told], at=at)
    return recall


def expire_due(*, at: datetime) -> int:
    """
    Mark the versions whose last day is over at the event's place, and that nothing replaced.

    Each stays with its rep and in force, as the law presumes; return how many.
    """
    count = 0
    # The last day ends up to half a day before or after it does in UTC
    about = at.date() + timedelta(days=1)
    over = PacketVersion.objects.filter(state__in=PacketVersion.RUNNING, effective_to__lt=about)
    for kickoff in Kickoff.objects.filter(packets__versions__in=over.values("pk")).distinct():
        count += _expire(kickoff, at)
    return count


@transaction.atomic
def _expire(kickoff: Kickoff, at: datetime) -> int:
    ended = PacketVersion.objects.of(kickoff).filter(
        state__in=PacketVersion.RUNNING, effective_to__lt=kickoff.local_date(at)
    )
    # A join cannot be updated, and one by one state is checked again
    count = PacketVersion.objects.filter(
        pk__in=list(ended.values_list("pk", flat=True)), state__in=PacketVersion.RUNNING
    ).update(state=State.EXPIRED)
    if count:
        record_entry(
            by=None,
            verb="packets.expired",
            at=at,
            object=kickoff,
            note=_("%(count)d packets") % {"count": count},
        )
    return count


def _stood(version: PacketVersion) -> str:
    """The state of a version before it was replaced."""
    answer = version.answers.order_by("at", "pk").last()
    if answer is not None:
        return _ANSWERED[PacketAnswer.Kind(answer.kind)]
    if version.received_at is not None:
        return State.RECEIVED
    return State.VIEWED if version.viewed_at is not None else State.RELEASED
