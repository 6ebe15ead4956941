"""
Who keeps, deletes and hands out: RevOps alone. What was made for somebody is fetched by them alone.
"""

from django.shortcuts import get_object_or_404

from events.kickoff.models import Kickoff
from events.packets.delivery.access import desk_or_404
from events.packets.delivery.models import Packet
from events.packets.records.models import Handout, LeaverLink, LegalHold
from people.accounts.models import Person


def records_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who keeps its records.

    :raises Http404: there is none, or the person is not RevOps
    """
    return desk_or_404(person, slug)


def packet_or_404(person: Person, slug: str, packet_id: int) -> Packet:
    """
    A packet of a kickoff, to be held; nothing of it is read.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = records_or_404(person, slug)
    packet = get_object_or_404(Packet.objects.select_related("rep"), kickoff=kickoff, pk=packet_id)
    packet.kickoff = kickoff
    return packet


def hold_or_404(person: Person, slug: str, hold_id: int) -> LegalHold:
    """
    A hold on a packet of a kickoff.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = records_or_404(person, slug)
    return get_object_or_404(LegalHold, packet__kickoff=kickoff, pk=hold_id)


def export_or_404(person: Person, slug: str, handout_id: int) -> Handout:
    """
    An export for counsel, for whoever asked for it, as long as they are RevOps.

    :raises Http404: there is none, or somebody else asked for it
    """
    kickoff = records_or_404(person, slug)
    return get_object_or_404(
        Handout, pk=handout_id, kind=Handout.Kind.COUNSEL, kickoff=kickoff, requested_by=person
    )


def own_or_404(person: Person, handout_id: int) -> Handout:
    """
    Somebody's own packets, for them alone.

    :raises Http404: there are none, or they are somebody else's
    """
    return get_object_or_404(
        Handout, pk=handout_id, kind=Handout.Kind.OWN, rep=person, requested_by=person
    )


def link_or_404(person: Person, slug: str, link_id: int) -> LeaverLink:
    """
    The link of somebody who left a kickoff's roster of packets, to be ended.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = records_or_404(person, slug)
    return get_object_or_404(LeaverLink, pk=link_id, handout__rep__packets__kickoff=kickoff)
