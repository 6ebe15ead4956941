"""One lock a kickoff: whatever changes its packets waits for the other changes."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from events.kickoff.models import Kickoff
from events.packets.delivery.models import EmployerSignature, PacketApproval, PacketVersion
from people.accounts.models import Person
from people.activity.actions import passage
from people.activity.models import Passage


def lock(kickoff: Kickoff) -> None:
    """
    Wait for whoever else drafts, approves, releases or recalls packets of a kickoff.

    Two approvers at once would each not see the other's approval, and a recall that revives a
    version would collide with a release that replaces it. Reps who sign do not wait: the lock is
    one that rows pointing at the kickoff, such as their signed copy, may be added under.
    """
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)


def some(kickoff: Kickoff, packet_ids: Collection[int] | None) -> QuerySet[PacketVersion]:
    """The versions of a kickoff, or of some packets of it."""
    versions = PacketVersion.objects.of(kickoff)
    return versions if packet_ids is None else versions.filter(packet__in=packet_ids)


def withdraw_marks(version_ids: Collection[int], at: datetime, *, by: Person | None = None) -> None:
    """Take approvals and the company's signature off drafts that are no longer what was signed."""
    PacketApproval.objects.live().filter(version__in=version_ids).update(withdrawn_at=at)
    take_off_signatures(version_ids, at, by=by)


def take_off_signatures(version_ids: Collection[int], at: datetime, *, by: Person | None) -> None:
    """Take the company's signature off versions that do not go out; that it was there is kept."""
    signatures = EmployerSignature.objects.filter(version__in=version_ids)
    if count := signatures.count():
        note = f"{count} signatures of the company"
        with passage(reason=Passage.Reason.WITHDRAWAL, by=by, at=at, note=note):
            signatures.delete()
