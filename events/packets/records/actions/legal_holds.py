"""Legal holds placed and lifted, and the deletion of packets whose retention is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.records import queries
from events.packets.records.actions import papers
from events.packets.records.actions.refusals import RecordRefused
from events.packets.records.models import Handout, LegalHold, seal_text
from events.packets.records.rules.retention import Fate, years_after
from events.trail import actions as trail
from people.accounts.models import Person
from people.activity.actions import passage, record_entry
from people.activity.models import Passage


@sensitive_variables("reason")
@transaction.atomic
def place_hold(*, packet_id: int, reason: str, by: Person, at: datetime) -> LegalHold:
    """
    Stop any deletion of one rep's packet, until somebody lifts it.

    The reason is sealed, and the rep's trail says nothing of it: a hold may be none of their
    knowing yet.

    :raises RecordRefused: no reason, or it is held already
    """
    if not reason.strip():
        raise RecordRefused(_("Say why it is held: whoever lifts it has to know."))
    # Whoever deletes has the same row locked, so either the hold is seen or the deletion was first
    packet = Packet.objects.select_for_update().select_related("kickoff").get(pk=packet_id)
    if queries.hold_in_force(packet) is not None:
        raise RecordRefused(_("This packet is held already."))
    try:
        with transaction.atomic():
            hold = LegalHold.objects.create(
                packet=packet,
                sealed_reason=seal_text(reason.strip()),
                placed_by=by,
                placed_at=at,
            )
    except IntegrityError as error:
        raise RecordRefused(_("This packet is held already.")) from error
    record_entry(by=by, verb="packets.held", at=at, object=packet.kickoff, note=_of(packet))
    return hold


@transaction.atomic
def lift_hold(*, hold_id: int, by: Person, at: datetime) -> None:
    """
    Let retention run again. What was told to this rep too, and would have gone with a version of
    somebody else, goes now.

    :raises RecordRefused: somebody lifted it already
    """
    hold = LegalHold.objects.select_related("packet__kickoff").get(pk=hold_id)
    if not LegalHold.objects.in_force().filter(pk=hold.pk).update(lifted_by=by, lifted_at=at):
        raise RecordRefused(_("This hold was lifted already."))
    packet = hold.packet
    with passage(reason=Passage.Reason.RETENTION, by=by, at=at, note=_of(packet)):
        papers.forget_shared()
    record_entry(by=by, verb="packets.hold_lifted", at=at, object=packet.kickoff, note=_of(packet))


@transaction.atomic
def shred_due(*, kickoff: Kickoff, expected: int, by: Person, at: datetime) -> int:
    """
    Delete what is due at a kickoff: the content of versions that ended long enough ago and that
    no hold stops; their letters too, and what was handed out of them. Return how many.

    Number, hash, receipt and times stay as proof that there was a version, and who signed for it.

    :raises RecordRefused: it is not as many as whoever confirmed has seen
    """
    packets = Packet.objects.filter(kickoff=kickoff).order_by("pk")
    list(packets.select_for_update().values_list("pk", flat=True))
    due = [kept.version for kept in queries.kept_of(kickoff, at) if kept.fate == Fate.DUE]
    if len(due) != expected:
        raise RecordRefused(
            _("What is due has changed since you looked. Look again, then confirm again.")
        )
    if not due:
        return 0
    version_ids = [version.pk for version in due]
    gone = f"{len(version_ids)} versions of kickoff #{kickoff.pk}"
    with passage(reason=Passage.Reason.RETENTION, by=by, at=at, note=gone):
        count = PacketVersion.objects.filter(pk__in=version_ids).shred(at)
        papers.forget(version_ids)
    _end_handouts_of({version.packet_id for version in due}, at)
    for version in due:
        record_entry(
            by=by,
            verb="packet.shredded",
            at=at,
            subject=version.packet.rep,
            object=version.packet,
            note=_("version %(number)d") % {"number": version.number},
        )
    words = ngettext("%(count)d version", "%(count)d versions", count) % {"count": count}
    record_entry(by=by, verb="packets.shredded", at=at, object=kickoff, note=words)
    return count


@transaction.atomic
def shorten_trail(*, before: datetime, why: str, by: Person | None, at: datetime) -> int:
    """
    Delete the sealed part of the audit trail that is older, with a checkpoint; return how many
    entries. The trail of what is kept, or held, is kept with it.

    :raises RecordRefused: no reason, a hold stands, something of that time is kept, or the trail is
        not what was sealed
    """
    if not why.strip():
        raise RecordRefused(_("Say why. It is kept with the trail."))
    if years_after(before.date(), settings.PACKET_RETENTION_YEARS) > at.date():
        raise RecordRefused(_("What is that young is kept."))
    if LegalHold.objects.in_force().exists():
        raise RecordRefused(_("While a legal hold stands, the trail is kept whole."))
    kept = PacketVersion.objects.released().filter(shredded_at=None, drafted_at__lt=before)
    if kept.exists():
        raise RecordRefused(
            _("Versions of packets of that time are kept, and their trail with them.")
        )
    try:
        return trail.remove_before(before=before, why=why.strip(), by=by, at=at)
    except trail.TrailRefused as error:
        raise RecordRefused(str(error)) from error


def _end_handouts_of(packet_ids: Collection[int], at: datetime) -> None:
    """What was deleted is not fetched any more, out of an archive made before."""
    handouts = Handout.objects.open().filter(parts__packet__in=packet_ids).distinct()
    ids = list(handouts.values_list("pk", flat=True))
    for handout in Handout.objects.filter(pk__in=ids):
        handout.parts.all().delete()
    Handout.objects.filter(pk__in=ids).update(state=Handout.State.ENDED, ended_at=at)


def _of(packet: Packet) -> str:
    return f"#{packet.pk}"
