"""Reminders of questions that are due, and escalation of those that stay open: part of the tick."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.finding import places_of
from events.packets.inquiries.actions.sharing import reach_those_who_came_later
from events.packets.inquiries.models import Inquiry, InquiryMessage, InquiryQuerySet
from events.packets.inquiries.rules import timing
from events.packets.inquiries.rules.kinds import Route
from people.activity.actions import record_entry

Entry = InquiryMessage.Kind
BATCH = 500  # a tick; the next one, a minute later, does the rest


def chase_inquiries(at: datetime) -> dict[str, int]:
    """
    Remind of each question whose time has passed, once; a working day later take it further, once.
    Then tell shared answers to those whose packets were released since. Each is claimed by a
    conditional UPDATE, so ticks may overlap.
    """
    due = Inquiry.objects.expected(at).filter(due_at__lte=at, reminded_at=None)
    late = Inquiry.objects.expected(at).filter(escalates_at__lte=at, escalated_at=None)
    return {
        "reminded": sum(_remind(pk, at) for pk in _ids(due)),
        "escalated": sum(_escalate(pk, at) for pk in _ids(late)),
        "shared": reach_those_who_came_later(at),
    }


def _ids(inquiries: InquiryQuerySet) -> list[int]:
    return list(inquiries.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _remind(inquiry_id: int, at: datetime) -> bool:
    inquiry = _found(inquiry_id)
    route = queries.holder_of(inquiry, at)
    zone, calendars = places_of(inquiry, route, at)
    # Columns of the row alone: a join would let PostgreSQL decide by what it read before the lock
    claimed = (
        Inquiry.objects.waiting()
        .filter(pk=inquiry_id, due_at__lte=at, reminded_at=None)
        .update(
            reminded_at=at, escalates_at=timing.escalates_at(at, zone=zone, calendars=calendars)
        )
    )
    if not claimed:
        return False
    InquiryMessage.objects.create(inquiry=inquiry, kind=Entry.REMINDED, routed_to=route, at=at)
    facts = notices.facts_of(inquiry)
    notices.tell(
        notices.holders(inquiry, at),
        inquiry.version.packet.kickoff,
        key=f"inquiry-reminded:{inquiry.pk}:{at.isoformat()}",
        subject=_("Still open: a question about a packet, %(kind)s") % facts,
        text=_(
            "a question of %(rep)s about version %(number)d of their packet is past its time."
            " Kind: %(kind)s.\n\nRead and answer it here: %(url)s"
        )
        % facts,
        at=at,
    )
    return True


@transaction.atomic
def _escalate(inquiry_id: int, at: datetime) -> bool:
    """From the manager it goes to RevOps; from RevOps, all of it and the rep's manager hear."""
    inquiry = _found(inquiry_id)
    was_with = queries.holder_of(inquiry, at)
    claimed = (
        Inquiry.objects.waiting()
        .filter(pk=inquiry_id, escalates_at__lte=at, escalated_at=None)
        .filter(routed_to=inquiry.routed_to)
        .update(escalated_at=at, routed_to=Route.REVOPS)
    )
    if not claimed:
        return False
    InquiryMessage.objects.create(
        inquiry=inquiry, kind=Entry.ESCALATED, routed_to=Route.REVOPS, at=at
    )
    kickoff = inquiry.version.packet.kickoff
    people = list(queries.revops_people(besides=inquiry.asked_by))
    manager = queries.able_manager(inquiry.asked_by, kickoff, at)
    if was_with == Route.REVOPS and manager is not None and manager not in people:
        people.append(manager)
    record_entry(by=None, verb="inquiry.escalated", at=at, subject=inquiry.asked_by, object=inquiry)
    facts = notices.facts_of(inquiry)
    notices.tell(
        people,
        inquiry.version.packet.kickoff,
        key=f"inquiry-escalated:{inquiry.pk}:{at.isoformat()}",
        subject=_("Overdue: a question about a packet, %(kind)s") % facts,
        text=_(
            "a question of %(rep)s about version %(number)d of their packet is still open after"
            " a reminder. RevOps answers it now. Kind: %(kind)s.\n\nThe thread: %(url)s"
        )
        % facts,
        at=at,
    )
    return True


def _found(inquiry_id: int) -> Inquiry:
    return Inquiry.objects.select_related("version__packet__kickoff", "asked_by").get(pk=inquiry_id)
