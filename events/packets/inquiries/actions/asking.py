"""What a rep does: ask, write more, ask again, close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.finding import lock_inquiry, places_of, refuse_unseen
from events.packets.inquiries.actions.refusals import InquiryRefused, clean, refuse_archived
from events.packets.inquiries.models import AnswerTime, Inquiry, InquiryMessage
from events.packets.inquiries.rules import kinds, timing
from people.accounts.models import Person
from people.activity.actions import record_entry

State, Entry = Inquiry.State, InquiryMessage.Kind
MOST_WAITING = 20  # questions of one rep about one packet
_TWICE = timedelta(minutes=10)  # the same words again within this long are the same question


@sensitive_variables("text", "last")
@transaction.atomic
def ask_question(*, version_id: int, kind: str, text: str, by: Person, at: datetime) -> Inquiry:
    """
    Ask about the version of a packet that a rep holds. The same question twice at once is one.

    It goes to RevOps or the rep's manager by its kind, with a time for the answer, and they get
    a mail without its text.

    :raises InquiryRefused: it is not their packet, was replaced, or nothing is written; or too
        many questions wait; or the kickoff is archived
    """
    version = PacketVersion.objects.select_related("packet__kickoff", "packet__rep").get(
        pk=version_id
    )
    kickoff = version.packet.kickoff
    refuse_archived(kickoff)
    if version.packet.rep_id != by.pk:
        raise InquiryRefused(_("Only its rep asks about a packet."))
    if version.state not in PacketVersion.IN_FORCE:
        raise InquiryRefused(
            _("Version %(number)d was replaced. Ask about the version that you have now.")
            % {"number": version.number}
        )
    if kind not in kinds.Kind.values:
        raise InquiryRefused(_("Choose what your question is about."))
    text = clean(text)
    # One question at a time a packet: two that are sent at once meet here
    Packet.objects.select_for_update().get(pk=version.packet_id)
    waiting = Inquiry.objects.filter(version__packet=version.packet_id).waiting()
    last = waiting.filter(kind=kind, opened_at__gt=at - _TWICE).order_by("-pk").first()
    if last is not None and last.read() == text:
        return last
    if waiting.count() >= MOST_WAITING:
        raise InquiryRefused(
            _("%(count)d questions of yours wait already. Add to one of them.")
            % {"count": MOST_WAITING}
        )
    manager = queries.able_manager(by, kickoff, at)
    inquiry = Inquiry(
        version=version,
        asked_by=by,
        kind=kind,
        routed_to=kinds.route_for(kind, has_manager=manager is not None),
        opened_at=at,
    )
    inquiry.write(text)
    inquiry.due_at = _due_at(inquiry, at)
    inquiry.save()
    record_entry(by=by, verb="inquiry.asked", at=at, subject=by, object=inquiry)
    _tell_holders(inquiry, f"inquiry-asked:{inquiry.pk}", at)
    return inquiry


@sensitive_variables("text")
@transaction.atomic
def reply(
    *, inquiry_id: int, text: str, by: Person, at: datetime, seen: int | None = None
) -> InquiryMessage:
    """
    Write more in one's own thread. What was answered or closed is asked again by it: a new round,
    with a new time for the answer. Sent twice, it is written once.

    :raises InquiryRefused: it is somebody else's; nothing is written; somebody else wrote after
        the entry that was `seen`; or the kickoff is archived
    """
    inquiry = _own(inquiry_id, by)
    text = clean(text)
    if refuse_unseen(inquiry, seen, by, text):
        return inquiry.messages.order_by("-at", "-pk")[0]
    again = not inquiry.is_waiting
    if again:
        inquiry.state = State.REOPENED
        inquiry.round += 1
        inquiry.due_at = _due_at(inquiry, at)
        inquiry.closed_at = None
        inquiry.reminded_at = inquiry.escalates_at = inquiry.escalated_at = None
        inquiry.save(
            update_fields=[
                "state", "round", "due_at", "closed_at", "reminded_at", "escalates_at",
                "escalated_at",
            ]
        )  # fmt: skip
        record_entry(by=by, verb="inquiry.reopened", at=at, subject=by, object=inquiry)
    message = InquiryMessage(
        inquiry=inquiry, by=by, at=at, kind=Entry.REOPENED if again else Entry.NOTE
    )
    message.write(text)
    message.save()
    _tell_holders(inquiry, f"inquiry-reply:{message.pk}", at)
    return message


@transaction.atomic
def close_inquiry(*, inquiry_id: int, by: Person, at: datetime) -> Inquiry:
    """
    Close one's own question: the answer will do, or none is needed any more. Twice is once.

    :raises InquiryRefused: it is somebody else's, or the kickoff is archived
    """
    inquiry = _own(inquiry_id, by)
    still = Inquiry.objects.filter(pk=inquiry.pk).exclude(state=State.CLOSED)
    if still.update(state=State.CLOSED, closed_at=at):
        InquiryMessage.objects.create(inquiry=inquiry, kind=Entry.CLOSED, by=by, at=at)
        record_entry(by=by, verb="inquiry.closed", at=at, subject=by, object=inquiry)
    inquiry.refresh_from_db(fields=["state", "closed_at"])
    return inquiry


@transaction.atomic
def set_answer_times(*, kickoff: Kickoff, days: Mapping[str, int], by: Person, at: datetime) -> int:
    """
    Set how many working days answers may take, by kind; return how many kinds changed.

    Questions that were asked keep the time that their rep was told.

    :raises InquiryRefused: a kind is unknown, a number is out of bounds, or it is archived
    """
    refuse_archived(kickoff)
    changed = 0
    for kind, number in days.items():
        if kind not in kinds.Kind.values or not 1 <= number <= kinds.LONGEST_DAYS:
            raise InquiryRefused(
                _("An answer may take 1 to %(most)d working days.") % {"most": kinds.LONGEST_DAYS}
            )
        if queries.working_days(kickoff, kind) == number:
            continue
        AnswerTime.objects.update_or_create(
            kickoff=kickoff, kind=kind, defaults={"working_days": number}
        )
        changed += 1
    if changed:
        record_entry(by=by, verb="inquiries.times_set", at=at, object=kickoff)
    return changed


def _own(inquiry_id: int, by: Person) -> Inquiry:
    inquiry = lock_inquiry(inquiry_id)
    if inquiry.asked_by_id != by.pk:
        raise InquiryRefused(_("This is somebody else’s question."))
    return inquiry


def _due_at(inquiry: Inquiry, at: datetime) -> datetime:
    zone, calendars = places_of(inquiry, inquiry.routed_to, at)
    days = queries.working_days(inquiry.version.packet.kickoff, inquiry.kind)
    return timing.answer_due_at(at, days, zone=zone, calendars=calendars)


def _tell_holders(inquiry: Inquiry, key: str, at: datetime) -> None:
    facts = notices.facts_of(inquiry)
    notices.tell(
        notices.holders(inquiry, at),
        inquiry.version.packet.kickoff,
        key=key,
        subject=_("A question about a packet: %(kind)s") % facts,
        text=_(
            "%(rep)s asks about version %(number)d of their packet for %(kickoff)s. Kind:"
            " %(kind)s.\n\nRead and answer it here: %(url)s"
        )
        % facts,
        at=at,
    )
