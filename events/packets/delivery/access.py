"""
Who may read figures: the rep themselves, managers up the line whom RevOps has confirmed, RevOps.
Nobody else.

Planners and executives see how far packets have come and are answered 404 here, whoever reports
to them. Approvers see sums over many, whatever else they are.
"""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from events.packets.delivery.models import (
    Packet,
    PacketApprover,
    PacketRelease,
    PacketVersion,
    RoundQuestion,
)
from people.accounts.models import Person
from people.org.queries import is_in_confirmed_line, line_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A packet that a person may read, and as whom."""

    packet: Packet
    as_rep: bool
    as_revops: bool


def desk_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who makes and releases its packets.

    :raises Http404: there is none, or the person is not RevOps
    """
    if not person.is_revops:
        raise Http404
    return kickoff_or_404(person, slug)


def report_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for a manager, about how far the packets of their line have come. No figures.

    :raises Http404: there is none, or nobody reports to the person
    """
    kickoff = kickoff_or_404(person, slug)
    if not line_of(person).exists():
        raise Http404
    return kickoff


def may_read_line(person: Person) -> bool:
    """Whether being above somebody lets this person read their packet."""
    return not (person.is_planner or person.is_executive)


def mine_or_404(person: Person, slug: str) -> tuple[Kickoff, Packet | None]:
    """
    The kickoff and the person's own packet, if there is one; for anybody on the roster.

    :raises Http404: there is no such kickoff, or the person is not on its roster
    """
    kickoff = kickoff_or_404(person, slug)
    packet = Packet.objects.filter(kickoff=kickoff, rep=person).select_related("rep").first()
    if packet is not None:
        packet.kickoff = kickoff
    elif not Attendee.objects.filter(kickoff=kickoff, person=person).exists():
        raise Http404
    return kickoff, packet


def packet_or_404(person: Person, slug: str, packet_id: int) -> Reading:
    """
    The packet for its rep, a manager up the line, or RevOps.

    :raises Http404: there is none at this kickoff, or it is not theirs to read
    """
    kickoff = kickoff_or_404(person, slug)
    packet = get_object_or_404(
        Packet.objects.select_related("rep__manager", "rep__region"), kickoff=kickoff, pk=packet_id
    )
    packet.kickoff = kickoff
    if packet.rep_id == person.pk:
        return Reading(packet, as_rep=True, as_revops=False)
    if person.is_revops:
        return Reading(packet, as_rep=False, as_revops=True)
    if may_read_line(person) and is_in_confirmed_line(person, packet.rep_id):
        return Reading(packet, as_rep=False, as_revops=False)
    raise Http404


def version_or_404(person: Person, slug: str, packet_id: int, number: int) -> PacketVersion:
    """
    One version of a packet: drafts for RevOps, what was released for rep and managers too.

    :raises Http404: there is none, or it is not theirs to read
    """
    reading = packet_or_404(person, slug, packet_id)
    versions = reading.packet.versions.select_related("released_by", "receipt__recorded_by")
    version = get_object_or_404(versions, number=number)
    # Whoever made the drafts may also be a rep; their own draft stays out of their sight
    if not (version.is_shown_to_rep or reading.as_revops):
        raise Http404
    version.packet = reading.packet
    return version


def own_version_or_404(person: Person, slug: str, packet_id: int, number: int) -> PacketVersion:
    """
    One released version of the person's own packet, to be signed.

    :raises Http404: there is none, or it is somebody else's
    """
    version = version_or_404(person, slug, packet_id, number)
    if version.packet.rep_id != person.pk:
        raise Http404
    return version


def version_to_manage_or_404(
    person: Person, slug: str, packet_id: int, number: int
) -> PacketVersion:
    """
    One released version of somebody else's packet, for RevOps to take back or to record a receipt.

    :raises Http404: there is none, the person is not RevOps, or it is their own
    """
    reading = packet_or_404(person, slug, packet_id)
    version = get_object_or_404(reading.packet.versions.released(), number=number)
    if not reading.as_revops:
        raise Http404
    version.packet = reading.packet
    return version


def approval_or_404(person: Person, slug: str) -> PacketApprover:
    """
    As what the person approves packets of a kickoff. They need not be on its roster.

    :raises Http404: there is no such kickoff, or RevOps has not named them
    """
    approvers = PacketApprover.objects.select_related("kickoff", "person")
    return get_object_or_404(approvers, kickoff__slug=slug, person=person.pk)


def approver_or_404(person: Person, slug: str, approver_id: int) -> PacketApprover:
    """
    One approver of a kickoff, for RevOps to remove.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    approvers = PacketApprover.objects.select_related("kickoff", "person")
    return get_object_or_404(approvers, kickoff=kickoff, pk=approver_id)


def question_or_404(person: Person, slug: str, question_id: int) -> RoundQuestion:
    """
    What an approver asked about a round, for RevOps to answer.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    asked = RoundQuestion.objects.select_related("round__kickoff", "by")
    return get_object_or_404(asked, round__kickoff=kickoff, pk=question_id)


def release_or_404(person: Person, slug: str, release_id: int) -> PacketRelease:
    """
    One release of a kickoff, for RevOps to lift or to cancel.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    return get_object_or_404(PacketRelease, kickoff=kickoff, pk=release_id)
