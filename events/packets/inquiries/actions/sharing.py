"""Answers that concern others: told to exactly those, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.finding import lock_inquiry
from events.packets.inquiries.actions.refusals import InquiryRefused, clean
from events.packets.inquiries.models import Inquiry, SharedAnswer, SharedAnswerReader
from events.packets.inquiries.rules import texts
from events.packets.inquiries.rules.concern import Scope
from people.accounts.models import Person
from people.activity.actions import record_entry

BATCH = 500


class NeedsConfirming(InquiryRefused):
    """The texts seem to hold amounts or names. Whoever has read them again may confirm."""


@sensitive_variables("question", "answer")
@transaction.atomic
def publish_answer(
    *,
    inquiry_id: int,
    scope: str,
    question: str,
    answer: str,
    by: Person,
    at: datetime,
    is_confirmed: bool = False,
) -> SharedAnswer:
    """
    Tell an answer to all whom it concerns besides the rep who asked: in words of RevOps's own,
    beside their packet, with a mail that holds none of it. Twice is once.

    Whoever gets such a packet later is told by a later tick.

    :raises NeedsConfirming: the texts seem to hold amounts, or names of those who wrote
    :raises InquiryRefused: it is not answered, or shared already; a text is missing or too long;
        or the kickoff is archived
    """
    inquiry = lock_inquiry(inquiry_id)
    if not by.is_revops or by.pk == inquiry.asked_by_id:
        raise InquiryRefused(_("RevOps shares answers, and nobody their own."))
    if inquiry.answered_at is None:
        raise InquiryRefused(_("Answer the question first; then its answer can be shared."))
    if scope not in Scope.values:
        raise InquiryRefused(_("Choose whom the answer concerns."))
    question = clean(question, texts.LONGEST_SHARED)
    answer = clean(answer, texts.LONGEST_SHARED)
    shared = inquiry.shared_answers.filter(withdrawn_at=None).first()
    if shared is not None:
        if shared.scope == scope and shared.read() == (question, answer):
            return shared
        raise InquiryRefused(_("This answer is shared already. Take that back first."))
    if not is_confirmed:
        _refuse_what_tells(inquiry, f"{question}\n{answer}")
    shared = SharedAnswer(
        inquiry=inquiry, scope=scope, published_by=by, published_at=at, reached_at=at
    )
    shared.write(question, answer)
    shared.save()
    _reach(shared, at)
    record_entry(by=by, verb="inquiry.shared", at=at, object=shared, note=scope)
    return shared


@transaction.atomic
def reach_concerned(*, shared_id: int, at: datetime) -> int:
    """
    Tell a shared answer to those whom it concerns and who do not have it yet; return how many.

    One that was taken back reaches nobody.
    """
    shared = (
        SharedAnswer.objects.select_for_update(of=("self",))
        .select_related("inquiry__version__packet__kickoff")
        .get(pk=shared_id)
    )
    if shared.withdrawn_at is not None:
        return 0
    SharedAnswer.objects.filter(pk=shared.pk).update(reached_at=at)
    return _reach(shared, at)


def reach_those_who_came_later(at: datetime) -> int:
    """Tell shared answers to reps whose packet was released since; return how many were told."""
    released = PacketVersion.objects.in_force().filter(
        packet__kickoff=OuterRef("inquiry__version__packet__kickoff"),
        released_at__gt=OuterRef("reached_at"),
        released_at__lte=at,
    )
    behind = (
        SharedAnswer.objects.filter(withdrawn_at=None)
        .exclude(inquiry__version__packet__kickoff__status=Kickoff.Status.ARCHIVED)
        .filter(Exists(released))
    )
    ids = list(behind.order_by("pk").values_list("pk", flat=True))
    return sum(reach_concerned(shared_id=pk, at=at) for pk in ids)


@transaction.atomic
def withdraw_answer(*, shared_id: int, by: Person, at: datetime) -> None:
    """Take a shared answer back: nobody reads it any more. Twice is once."""
    still_shared = SharedAnswer.objects.filter(pk=shared_id, withdrawn_at=None)
    if still_shared.update(withdrawn_at=at):
        shared = SharedAnswer.objects.get(pk=shared_id)
        record_entry(by=by, verb="inquiry.share_withdrawn", at=at, object=shared)


def mark_shared_seen(*, shared_ids: Iterable[int], by: Person, at: datetime) -> int:
    """Record that somebody has read shared answers, the first time only."""
    unseen = SharedAnswerReader.objects.filter(shared__in=list(shared_ids), person=by, seen_at=None)
    return unseen.update(seen_at=at)


def _reach(shared: SharedAnswer, at: datetime) -> int:
    inquiry = shared.inquiry
    versions = queries.versions_concerned(inquiry, shared.scope, at)
    known = set(shared.readers.values_list("person", flat=True))
    people = [v.packet.rep for v in versions if v.packet.rep_id not in known]
    SharedAnswerReader.objects.bulk_create(
        [SharedAnswerReader(shared=shared, person=person, told_at=at) for person in people],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    kickoff = inquiry.version.packet.kickoff
    return notices.tell(
        people,
        kickoff,
        key=f"inquiry-shared:{shared.pk}",
        subject=_("An answer about packets that concerns you too"),
        text=_(
            "somebody asked RevOps about their packet for %(kickoff)s, and the answer holds for"
            " yours as well.\n\nRead question and answer here: %(url)s"
        )
        % {"kickoff": kickoff.name, "url": notices.url_of("answers", kickoff)},
        at=at,
    )


@sensitive_variables()
def _refuse_what_tells(inquiry: Inquiry, text: str) -> None:
    people = [inquiry.asked_by]
    if inquiry.asked_by.manager is not None:
        people.append(inquiry.asked_by.manager)
    names = [name for person in people for name in (person.full_name, person.preferred_name)]
    accounts = inquiry.version.read().territory.accounts
    found = [
        *texts.amounts_in(text),
        *texts.names_in(text, names),
        *texts.phrases_in(text, accounts),
    ]
    if found:
        raise NeedsConfirming(
            _("Others will read this. Take out what tells about one person: %(found)s.")
            % {"found": ", ".join(f"“{one}”" for one in dict.fromkeys(found))}
        )
