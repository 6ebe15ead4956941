"""Rows that an action is about, locked, with what it needs of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.due.rules import Calendar
from events.packets.inquiries import queries
from events.packets.inquiries.actions.refusals import InquiryRefused, refuse_archived
from events.packets.inquiries.models import Inquiry, InquiryMessage, QuotaWish
from events.packets.inquiries.rules.kinds import Route
from people.accounts.models import Person
from people.calendar.queries import calendars_of


def lock_inquiry(inquiry_id: int) -> Inquiry:
    """
    A question that may still change, locked where the database can, with its kickoff.

    :raises InquiryRefused: the kickoff is archived
    """
    inquiry = (
        Inquiry.objects.select_for_update(of=("self",))
        .select_related("version__packet__kickoff", "asked_by")
        .get(pk=inquiry_id)
    )
    refuse_archived(inquiry.version.packet.kickoff)
    return inquiry


def lock_wish(wish_id: int) -> QuotaWish:
    """
    A wish that may still change, locked where the database can, with its kickoff.

    :raises InquiryRefused: the kickoff is archived
    """
    wish = (
        QuotaWish.objects.select_for_update(of=("self",))
        .select_related("version__packet__kickoff", "wished_by")
        .get(pk=wish_id)
    )
    refuse_archived(wish.version.packet.kickoff)
    return wish


def refuse_unseen(inquiry: Inquiry, seen: int | None, by: Person, text: str) -> bool:
    """
    Let nobody answer a thread that they have not read to its end.

    `seen` is the last entry that they saw, 0 for none; None asks nothing. Returns whether the
    last entry is this very text of theirs: then it was sent twice.

    :raises InquiryRefused: somebody wrote in the meantime
    """
    last = inquiry.messages.order_by("-at", "-pk").first()
    if last is None:
        return False
    if last.by_id == by.pk and last.kind in _WRITTEN and last.read() == text:
        return True
    if seen is not None and last.pk != seen:
        raise InquiryRefused(
            _("Something was written here in the meantime. Read it, then send yours.")
        )
    return False


def places_of(inquiry: Inquiry, route: str, at: datetime) -> tuple[ZoneInfo, list[Calendar]]:
    """The rep's zone, and the calendars whose working days count for an answer."""
    rep = inquiry.asked_by
    people = [rep]
    if route == Route.MANAGER:
        manager = queries.able_manager(rep, inquiry.version.packet.kickoff, at)
        if manager is not None:
            people.append(manager)
    return ZoneInfo(rep.time_zone), list(calendars_of(people).values())


_WRITTEN = (
    InquiryMessage.Kind.NOTE,
    InquiryMessage.Kind.ANSWER,
    InquiryMessage.Kind.REOPENED,
    InquiryMessage.Kind.REROUTED,
)
