from datetime import datetime

from django.db.models import QuerySet

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.inquiries.models import QuotaWish
from people.accounts.models import Person
from people.org.queries import confirmed_line_of


def wishes_of(packet: Packet) -> QuerySet[QuotaWish]:
    """Every wish for another quota about a packet, the latest first."""
    return _with_people(QuotaWish.objects.filter(version__packet=packet))


def open_wish(version: PacketVersion) -> QuotaWish | None:
    """The wish about a version that waits for a decision; there is one at most."""
    return QuotaWish.objects.filter(version=version, state=QuotaWish.State.OPEN).first()


def open_wishes(kickoff: Kickoff, at: datetime) -> QuerySet[QuotaWish]:
    """Wishes of a kickoff that wait for RevOps, of those who are still here, the earliest first."""
    waiting = QuotaWish.objects.expected(at).filter(version__packet__kickoff=kickoff)
    return _with_people(waiting).order_by("wished_at", "pk")


def wishes_of_line(kickoff: Kickoff, manager: Person, at: datetime) -> QuerySet[QuotaWish]:
    """Wishes that wait for RevOps, of everybody below a manager whom they may read, the earliest first."""
    return open_wishes(kickoff, at).filter(wished_by__in=confirmed_line_of(manager))


def _with_people(wishes: QuerySet[QuotaWish]) -> QuerySet[QuotaWish]:
    return wishes.select_related("wished_by", "commented_by", "decided_by", "version__packet")
