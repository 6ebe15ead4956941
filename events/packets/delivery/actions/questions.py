"""Approvers ask RevOps about a round while it waits, and RevOps answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.delivery import queries
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock
from events.packets.delivery.actions.refusals import PacketRefused, no_round
from events.packets.delivery.models import PacketApprover, RoundQuestion, seal_text
from events.packets.delivery.rules import words
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell

LONGEST_ANSWER = 2000  # characters


@sensitive_variables("question")
@transaction.atomic
def ask_about_round(*, approver: PacketApprover, question: str, at: datetime) -> RoundQuestion:
    """
    Ask RevOps about the round that waits, which waits on. Named with it are its exceptions, by kind
    and as far as the approver's own page tells how many.

    :raises PacketRefused: no question, no round waits, or the last question has no answer yet
    """
    if not question.strip():
        raise PacketRefused(_("Say what you want to know."))
    kickoff, by = approver.kickoff, approver.person
    lock(kickoff)
    found = queries.aggregates_for(approver)
    if found.sent is None or not found.sent.is_open:
        raise no_round()
    if found.sent.questions.filter(by=by, answered_at=None).exists():
        raise PacketRefused(_("RevOps has not answered your last question yet."))
    told = [
        f"{words.exception(kind, found.last_name)}: {words.how_many(way, count)}"
        for kind, way, count in found.told_exceptions
    ]
    asked = RoundQuestion.objects.create(
        round=found.sent,
        by=by,
        at=at,
        sealed_question=seal_text("\n".join([question.strip(), *told])),
    )
    record_entry(by=by, verb="packets.round_asked", at=at, object=kickoff)
    tell(
        drafts=notices.to_revops(
            kickoff,
            key=f"packets-asked:{asked.pk}",
            subject=_("A question about the packets of %(kickoff)s") % {"kickoff": kickoff.name},
            text=_("%(by)s (%(kind)s) asks about the round that waits. Answer on the desk.")
            % {"by": by.full_name, "kind": approver.get_kind_display()},
        ),
        at=at,
    )
    return asked


@sensitive_variables("answer")
@transaction.atomic
def answer_about_round(*, asked: RoundQuestion, answer: str, by: Person, at: datetime) -> None:
    """
    Answer an approver. Of two answers at once the first counts.

    :raises PacketRefused: no answer, one that is too long, or it is answered already
    """
    answer = answer.replace("\r\n", "\n").strip()  # a line end counts once, as in the browser
    if not answer:
        raise PacketRefused(_("Write an answer."))
    if len(answer) > LONGEST_ANSWER:
        raise PacketRefused(
            _("Your answer has %(length)d characters; there is room for %(most)d.")
            % {"length": len(answer), "most": LONGEST_ANSWER}
        )
    open_one = RoundQuestion.objects.filter(pk=asked.pk, answered_at=None)
    if not open_one.update(answered_by=by, answered_at=at, sealed_answer=seal_text(answer)):
        raise PacketRefused(_("This was answered already."))
    record_entry(
        by=by, verb="packets.round_answered", at=at, subject=asked.by, object=asked.round.kickoff
    )
    tell(drafts=[notices.answered(asked)], at=at)
