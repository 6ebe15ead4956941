"""
Who reads and answers: a thread is behind the same gate as the packet that it is about.

The rep, managers up the line and RevOps; planners and executives are answered 404, whoever
reports to them.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from events.packets.delivery import access as packets
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.delivery.queries import version_in_force
from events.packets.inquiries import queries
from events.packets.inquiries.models import Inquiry, QuotaWish, ReviewSlot, SharedAnswer
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Thread:
    """A question that somebody may read, as whom, and whether what they write answers it."""

    inquiry: Inquiry
    as_rep: bool
    as_revops: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that somebody may read, and as whom."""

    wish: QuotaWish
    as_rep: bool
    as_revops: bool


def inbox_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for RevOps, who answer.

    :raises Http404: there is none, or the person is not RevOps
    """
    return packets.desk_or_404(person, slug)


def team_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for a manager who may read the packets of their line.

    :raises Http404: nobody reports to them, or they are planner or executive
    """
    if not packets.may_read_line(person):
        raise Http404
    return packets.report_or_404(person, slug)


def mine_or_404(person: Person, slug: str) -> tuple[Kickoff, Packet | None, PacketVersion | None]:
    """
    The kickoff, the person's own packet and the version that they hold, as far as there are any.

    :raises Http404: there is no such kickoff, or the person is not on its roster
    """
    kickoff, packet = packets.mine_or_404(person, slug)
    version = version_in_force(packet) if packet is not None else None
    if version is not None and packet is not None:
        version.packet = packet
    return kickoff, packet, version


def thread_or_404(person: Person, slug: str, inquiry_id: int) -> Thread:
    """
    A question for its rep, a manager up the line, or RevOps.

    :raises Http404: there is none at this kickoff, or it is not theirs to read
    """
    inquiry = get_object_or_404(
        Inquiry.objects.select_related("version__released_by", "asked_by__manager"), pk=inquiry_id
    )
    reading = packets.packet_or_404(person, slug, inquiry.version.packet_id)
    inquiry.version.packet = reading.packet
    return Thread(
        inquiry,
        as_rep=reading.as_rep,
        as_revops=reading.as_revops,
        may_answer=queries.may_answer(inquiry, person, timezone.now()),
    )


def own_thread_or_404(person: Person, slug: str, inquiry_id: int) -> Inquiry:
    """
    A person's own question.

    :raises Http404: there is none, or it is somebody else's
    """
    thread = thread_or_404(person, slug, inquiry_id)
    if not thread.as_rep:
        raise Http404
    return thread.inquiry


def thread_to_answer_or_404(person: Person, slug: str, inquiry_id: int) -> Inquiry:
    """
    A question for somebody else than its rep, who may read it.

    :raises Http404: there is none, it is not theirs to read, or it is their own
    """
    thread = thread_or_404(person, slug, inquiry_id)
    if thread.as_rep:
        raise Http404
    return thread.inquiry


def thread_to_share_or_404(person: Person, slug: str, inquiry_id: int) -> Inquiry:
    """
    A question of somebody else for RevOps, who may share its answer.

    :raises Http404: there is none, or the person is not RevOps, or it is their own
    """
    thread = thread_or_404(person, slug, inquiry_id)
    if not thread.as_revops:
        raise Http404
    return thread.inquiry


def shared_or_404(person: Person, slug: str, shared_id: int) -> SharedAnswer:
    """
    A shared answer for RevOps.

    :raises Http404: there is none at this kickoff, or the person is not RevOps
    """
    kickoff = inbox_or_404(person, slug)
    return get_object_or_404(SharedAnswer, pk=shared_id, inquiry__version__packet__kickoff=kickoff)


def wish_or_404(person: Person, slug: str, wish_id: int) -> Wish:
    """
    A wish for its rep, a manager up the line, or RevOps.

    :raises Http404: there is none at this kickoff, or it is not theirs to read
    """
    wish = get_object_or_404(
        QuotaWish.objects.select_related("version", "wished_by", "commented_by", "decided_by"),
        pk=wish_id,
    )
    reading = packets.packet_or_404(person, slug, wish.version.packet_id)
    wish.version.packet = reading.packet
    return Wish(wish, as_rep=reading.as_rep, as_revops=reading.as_revops)


def wish_of_line_or_404(person: Person, slug: str, wish_id: int) -> QuotaWish:
    """
    A wish for a manager of its rep, who says whether they support it.

    :raises Http404: there is none, or the rep is not in their line
    """
    found = wish_or_404(person, slug, wish_id)
    if found.as_rep or not queries.is_manager_of(person, found.wish.wished_by_id):
        raise Http404
    return found.wish


def wish_to_decide_or_404(person: Person, slug: str, wish_id: int) -> QuotaWish:
    """
    A wish of somebody else for RevOps, who decide.

    :raises Http404: there is none, or the person is not RevOps, or it is their own
    """
    found = wish_or_404(person, slug, wish_id)
    if not found.as_revops:
        raise Http404
    return found.wish


def own_wish_or_404(person: Person, slug: str, wish_id: int) -> QuotaWish:
    """
    A person's own wish.

    :raises Http404: there is none, or it is somebody else's
    """
    found = wish_or_404(person, slug, wish_id)
    if not found.as_rep:
        raise Http404
    return found.wish


def own_slot_or_404(person: Person, slug: str, slot_id: int) -> ReviewSlot:
    """
    A time that the manager themselves offers.

    :raises Http404: there is none at this kickoff, or it is another manager's
    """
    kickoff = team_or_404(person, slug)
    slot = get_object_or_404(ReviewSlot, pk=slot_id, kickoff=kickoff, manager=person)
    slot.kickoff = kickoff
    return slot


def slot_to_take_or_404(person: Person, slug: str, slot_id: int) -> ReviewSlot:
    """
    A time that the person's own manager offers, free or not.

    :raises Http404: there is none at this kickoff, or it is not with their manager
    """
    kickoff, _packet, _version = mine_or_404(person, slug)
    return get_object_or_404(ReviewSlot, pk=slot_id, kickoff=kickoff, manager=person.manager_id)


def slot_in_calendar_or_404(person: Person, slug: str, slot_id: int) -> ReviewSlot:
    """
    A time for the calendar of its rep or its manager, also once it is cancelled.

    :raises Http404: there is none at this kickoff, or the person is neither
    """
    kickoff = kickoff_or_404(person, slug)
    slots = ReviewSlot.objects.filter(Q(rep=person) | Q(manager=person), kickoff=kickoff)
    slot = get_object_or_404(slots.select_related("rep", "manager"), pk=slot_id)
    slot.kickoff = kickoff
    return slot
