"""What a manager and RevOps do: answer, ask back, hand on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.finding import lock_inquiry, places_of, refuse_unseen
from events.packets.inquiries.actions.refusals import InquiryRefused, clean
from events.packets.inquiries.models import Inquiry, InquiryMessage
from events.packets.inquiries.rules import texts, timing
from events.packets.inquiries.rules.kinds import Route
from people.accounts.models import Person
from people.activity.actions import record_entry

State, Entry = Inquiry.State, InquiryMessage.Kind


@sensitive_variables("text")
@transaction.atomic
def answer_inquiry(
    *, inquiry_id: int, text: str, by: Person, at: datetime, seen: int | None = None
) -> InquiryMessage:
    """
    Answer a question; its rep gets a mail without the answer. Sent twice, it is written once.

    A second answer to what was answered is added to it; what is closed stays closed.

    :raises InquiryRefused: it is not theirs to answer; nothing is written; somebody wrote after
        the entry that was `seen`; or the kickoff is archived
    """
    inquiry = lock_inquiry(inquiry_id)
    if not queries.may_answer(inquiry, by, at):
        raise InquiryRefused(_("This question is not with you. You can add a note to it."))
    text = clean(text)
    if refuse_unseen(inquiry, seen, by, text):
        return inquiry.messages.order_by("-at", "-pk")[0]
    message = _write(inquiry, Entry.ANSWER, text, by, at)
    Inquiry.objects.filter(pk=inquiry.pk).exclude(state=State.CLOSED).update(
        state=State.ANSWERED, answered_at=at
    )
    record_entry(by=by, verb="inquiry.answered", at=at, subject=inquiry.asked_by, object=inquiry)
    subject, text = notices.answered(notices.facts_of(inquiry))
    notices.tell(
        [inquiry.asked_by],
        inquiry.version.packet.kickoff,
        key=f"inquiry-answered:{message.pk}",
        subject=subject,
        text=text,
        at=at,
    )
    return message


@sensitive_variables("text")
@transaction.atomic
def write_note(
    *, inquiry_id: int, text: str, by: Person, at: datetime, seen: int | None = None
) -> InquiryMessage:
    """
    Write in a thread without answering: to ask back, or to add what a manager knows. The rep gets
    a mail without the text. Sent twice, it is written once.

    :raises InquiryRefused: it is not theirs to read; nothing is written; somebody wrote after
        the entry that was `seen`; or the kickoff is archived
    """
    inquiry = lock_inquiry(inquiry_id)
    _refuse_unless_reader(inquiry, by)
    text = clean(text)
    if refuse_unseen(inquiry, seen, by, text):
        return inquiry.messages.order_by("-at", "-pk")[0]
    message = _write(inquiry, Entry.NOTE, text, by, at)
    facts = notices.facts_of(inquiry)
    notices.tell(
        [inquiry.asked_by],
        inquiry.version.packet.kickoff,
        key=f"inquiry-note:{message.pk}",
        subject=_("Something new about your question"),
        text=_(
            "somebody wrote about your question on version %(number)d of your packet. Kind:"
            " %(kind)s.\n\nRead it here and reply: %(url)s"
        )
        % facts,
        at=at,
    )
    return message


@sensitive_variables("note")
@transaction.atomic
def hand_on(*, inquiry_id: int, to: str, note: str, by: Person, at: datetime) -> Inquiry:
    """
    Hand a question on to RevOps or to the rep's manager, with a note that the rep reads too.

    The time that the rep was told stands, but whoever gets it has a working day at least.

    :raises InquiryRefused: it is not with them, is answered, has that place already, or there is
        no manager to answer; no note is written; or the kickoff is archived
    """
    inquiry = lock_inquiry(inquiry_id)
    if not queries.may_answer(inquiry, by, at):
        raise InquiryRefused(_("This question is not with you, so you cannot hand it on."))
    if not inquiry.is_waiting:
        raise InquiryRefused(_("This question does not wait for an answer any more."))
    if to not in Route.values or queries.holder_of(inquiry, at) == to:
        raise InquiryRefused(_("It is there already."))
    kickoff = inquiry.version.packet.kickoff
    if to == Route.MANAGER and queries.able_manager(inquiry.asked_by, kickoff, at) is None:
        raise InquiryRefused(_("Nobody above this rep can read the packet, so RevOps answers."))
    note = clean(note, texts.LONGEST_NOTE)
    zone, calendars = places_of(inquiry, to, at)
    due_at = timing.due_after_reroute(inquiry.due_at, at, zone=zone, calendars=calendars)
    # Whoever gets it is reminded anew
    Inquiry.objects.filter(pk=inquiry.pk, state__in=Inquiry.WAITING).update(
        routed_to=to, due_at=due_at, reminded_at=None, escalates_at=None, escalated_at=None
    )
    inquiry.refresh_from_db(
        fields=["routed_to", "due_at", "reminded_at", "escalates_at", "escalated_at"]
    )
    message = _write(inquiry, Entry.REROUTED, note, by, at, routed_to=to)
    record_entry(by=by, verb="inquiry.handed_on", at=at, subject=inquiry.asked_by, object=inquiry)
    facts = notices.facts_of(inquiry)
    notices.tell(
        [person for person in notices.holders(inquiry, at) if person.pk != by.pk],
        inquiry.version.packet.kickoff,
        key=f"inquiry-handed-on:{message.pk}",
        subject=_("A question about a packet is with you now: %(kind)s") % facts,
        text=_(
            "a question of %(rep)s about version %(number)d of their packet was handed on to"
            " you. Kind: %(kind)s.\n\nRead and answer it here: %(url)s"
        )
        % facts,
        at=at,
    )
    return inquiry


def _refuse_unless_reader(inquiry: Inquiry, by: Person) -> None:
    if by.pk == inquiry.asked_by_id:
        raise InquiryRefused(_("This is your own question: reply to it."))
    if not (by.is_revops or queries.is_manager_of(by, inquiry.asked_by_id)):
        raise InquiryRefused(_("This question is not yours to read."))


@sensitive_variables("text")
def _write(
    inquiry: Inquiry, kind: str, text: str, by: Person, at: datetime, routed_to: str = ""
) -> InquiryMessage:
    message = InquiryMessage(inquiry=inquiry, kind=kind, by=by, at=at, routed_to=routed_to)
    message.write(text)
    message.save()
    return message
