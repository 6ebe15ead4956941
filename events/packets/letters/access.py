"""
Who may open letters: whoever may read the packet; drafts and the desk are RevOps'.

Planners and executives are answered 404, as with packets.
"""

from django.http import Http404

from events.kickoff.models import Kickoff
from events.packets.delivery import access as packets
from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person


def desk_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who sees to its letters.

    :raises Http404: there is none, or the person is not RevOps
    """
    return packets.desk_or_404(person, slug)


def version_or_404(person: Person, slug: str, packet_id: int, number: int) -> PacketVersion:
    """
    One version for whoever may open its letter.

    :raises Http404: there is none, or it is not theirs to read
    """
    return packets.version_or_404(person, slug, packet_id, number)


def signed_or_404(person: Person, slug: str, packet_id: int, number: int) -> PacketVersion:
    """
    One version that its rep has signed for, for whoever may open its letter.

    :raises Http404: there is none, it is not theirs to read, or nobody has signed
    """
    version = version_or_404(person, slug, packet_id, number)
    if not hasattr(version, "receipt"):
        raise Http404
    return version
