"""Questions in lists, without what they say; and one thread, opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet
from events.packets.inquiries.models import Inquiry, InquiryMessage, InquiryQuerySet
from events.packets.inquiries.rules import states
from people.accounts.models import Person
from people.org.queries import confirmed_line_of

State = Inquiry.State


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One entry of an opened thread. `text` is empty where only something happened."""

    by: Person | None
    kind: str
    text: str
    at: datetime
    routed_to: str = ""
    is_rep: bool = False

    @property
    def is_event(self) -> bool:
        """Whether it is said in one line between what people wrote."""
        return self.kind in ("REROUTED", "REMINDED", "ESCALATED", "CLOSED")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in a list: its state in words, and about which version it was asked."""

    inquiry: Inquiry
    kind: str
    word: str
    number: int
    is_about_older: bool


def inbox_rows(kickoff: Kickoff, at: datetime) -> InquiryQuerySet:
    """Every question of a kickoff with its rep, version and `holder`."""
    return _rows(Inquiry.objects.of(kickoff), at)


def team_rows(kickoff: Kickoff, manager: Person, at: datetime) -> InquiryQuerySet:
    """The questions of everybody below a manager whom they may read, with `holder`."""
    return _rows(Inquiry.objects.of(kickoff).filter(asked_by__in=confirmed_line_of(manager)), at)


def asked_about(packet: Packet, at: datetime) -> list[Asked]:
    """
    The questions about a packet, those that wait first, then the latest. Two queries.

    Each says about which version it was asked, once another stands.
    """
    rows = Inquiry.objects.filter(version__packet=packet).select_related("version", "asked_by")
    numbers = packet.versions.in_force().values_list("number", flat=True)
    inquiries = sorted(rows, key=lambda one: (not one.is_waiting, -one.opened_at.timestamp()))
    in_force = numbers.first() if inquiries else None
    return [
        Asked(
            inquiry,
            *states.of_inquiry(inquiry.state, is_late=inquiry.is_late(at)),
            number=inquiry.version.number,
            is_about_older=in_force is not None and inquiry.version.number != in_force,
        )
        for inquiry in inquiries
    ]


def open_counts(kickoff: Kickoff, at: datetime) -> dict[str, int]:
    """How many questions of those that are still here wait, by who holds them. One query."""
    waiting: QuerySet[Any] = Inquiry.objects.of(kickoff).expected(at).with_holder(at).order_by()
    return dict(waiting.values_list("holder").annotate(count=Count("pk")))


def open_by_packet(packet_ids: Collection[int]) -> dict[int, int]:
    """How many questions about some packets wait; those with none are absent. One query."""
    waiting = Inquiry.objects.waiting().filter(version__packet__in=packet_ids).order_by()
    return dict(waiting.values_list("version__packet").annotate(count=Count("pk")))


def asking_reps(kickoff: Kickoff) -> int:
    """How many reps of a kickoff wait for an answer. One query."""
    return Inquiry.objects.of(kickoff).waiting().order_by().values("asked_by").distinct().count()


def thread_of(inquiry: Inquiry) -> QuerySet[InquiryMessage]:
    """What was written and happened after the question, the earliest first."""
    return inquiry.messages.select_related("by").order_by("at", "pk")


@sensitive_variables()
def open_thread(inquiry: Inquiry, messages: Collection[InquiryMessage]) -> list[Line]:
    """
    The question and all that followed it, opened, for somebody who may read the packet.

    :raises Unreadable: no key opens a text
    """
    rep = inquiry.asked_by
    question = Line(rep, "ASKED", inquiry.read(), inquiry.opened_at, is_rep=True)
    return [
        question,
        *(
            Line(
                message.by,
                message.kind,
                message.read(),
                message.at,
                message.routed_to,
                is_rep=message.by_id == rep.pk,
            )
            for message in messages
        ),
    ]


def _rows(inquiries: InquiryQuerySet, at: datetime) -> InquiryQuerySet:
    return inquiries.with_holder(at).select_related(
        "asked_by__manager", "asked_by__region", "version__packet"
    )
