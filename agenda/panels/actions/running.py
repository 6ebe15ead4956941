"""What happens in the room: questions begun and done, words caught, promises made to customers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.models import FollowUp, Panelist, PanelQuestion, Quote
from events.commitments.actions import CommitmentRefused, Promise, promise
from events.commitments.models import Commitment, Source
from people.accounts.models import Person
from people.activity.actions import record_entry

_State = PanelQuestion.State


@transaction.atomic
def begin_question(*, question: PanelQuestion, by: Person, at: datetime) -> None:
    """
    Ask a question now; the one before it is done. Tapped twice it begins once, and goes on.

    :raises PanelRefused: somebody else began another one at the same moment
    """
    of_panel = PanelQuestion.objects.filter(session_id=question.session_id)
    of_panel.filter(state=_State.NOW).exclude(pk=question.pk).update(state=_State.ASKED)
    here = of_panel.filter(pk=question.pk).exclude(state=_State.NOW)
    try:
        with transaction.atomic():
            has_begun = here.update(state=_State.NOW, begun_at=at)
    except IntegrityError as error:
        raise PanelRefused(
            _("Somebody else has just begun another question. Look again.")
        ) from error
    if has_begun:
        record_entry(
            by=by, verb="panel.question_begun", at=at, object=question.session, note=question.words
        )


@transaction.atomic
def end_question(*, question: PanelQuestion, by: Person, at: datetime) -> None:
    """Be done with the question that is asked now. Twice is once."""
    now = PanelQuestion.objects.filter(pk=question.pk, state=_State.NOW)
    if now.update(state=_State.ASKED):
        record_entry(
            by=by, verb="panel.question_ended", at=at, object=question.session, note=question.words
        )


@transaction.atomic
def catch_quote(*, panelist: Panelist, words: str, by: Person, at: datetime) -> Quote:
    """
    Keep what a panelist said, in their words. The trail says that it was, never what.

    :raises PanelRefused: it says nothing, or they allow no quote
    """
    if not (words := " ".join(words.split())):
        raise PanelRefused(_("Write what they said."))
    now = Panelist.objects.get(pk=panelist.pk)
    if not now.places:
        raise PanelRefused(
            _("%(name)s allows no quotes, so this one is not kept. Ask first, and note the answer.")
            % {"name": now.name}
        )
    quote = Quote.objects.create(panelist=now, words=words, caught_by=by, caught_at=at)
    record_entry(by=by, verb="panel.quote_caught", at=at, object=now)
    return quote


@transaction.atomic
def drop_quote(*, quote: Quote, by: Person, at: datetime) -> None:
    """Delete a quote."""
    record_entry(by=by, verb="panel.quote_dropped", at=at, object=quote.panelist)
    quote.delete()


@transaction.atomic
def follow_up(
    *,
    panelist: Panelist,
    owner: Person,
    words: str,
    by_date: date,
    by: Person,
    at: datetime,
) -> Commitment:
    """
    Promise something to a customer: a commitment of its owner, due on a day, from this panel.

    :raises PanelRefused: it says nothing, or its day is over
    """
    said = Promise(words=words, by_date=by_date, done_when=_done_when(panelist))
    try:
        made = promise(
            kickoff=panelist.session.kickoff,
            person=owner,
            source=Source.PANEL,
            said=said,
            by=by,
            at=at,
        )
    except CommitmentRefused as refusal:
        raise PanelRefused(str(refusal)) from refusal
    FollowUp.objects.create(panelist=panelist, commitment=made)
    return made


def _done_when(panelist: Panelist) -> str:
    said = _("%(name)s, %(company)s, has heard from you")
    return (said % {"name": panelist.name, "company": panelist.company})[:200]
