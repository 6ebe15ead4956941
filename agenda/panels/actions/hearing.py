"""What the audience wants to ask: sent with a name or without any trace, merged in, or set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.insights.actions import InsightRefused, send_insight
from agenda.insights.rules import LONGEST_WHAT
from agenda.panels.actions.asking import QuestionWords, add_question
from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.models import AudienceQuestion, PanelQuestion
from agenda.sessions.models import Session
from people.accounts.models import Person
from people.activity.actions import record_entry

MOST_WAITING = 500  # of one session: without names nobody can be told to stop

_State = AudienceQuestion.State


@transaction.atomic
def hear_question(
    *, session: Session, words: str, by: Person | None, at: datetime
) -> AudienceQuestion:
    """
    Take a question for a panel. `by` nobody leaves no trace of who or when: not in the row, not in
    the trail, and no try is counted.

    :raises PanelRefused: it says nothing, or more wait than anybody can read
    """
    if not (words := " ".join(words.split())):
        raise PanelRefused(_("Write your question."))
    if session.audience_questions.filter(state=_State.OPEN).count() >= MOST_WAITING:
        raise PanelRefused(_("More questions wait than anybody can read. Ask it in the room."))
    heard = AudienceQuestion.objects.create(session=session, words=words, asker=by)
    if by is not None:
        record_entry(by=by, verb="panel.asked", at=at, subject=by, object=session)
    return heard


@transaction.atomic
def merge_question(
    *, heard: AudienceQuestion, said: QuestionWords, by: Person, at: datetime
) -> PanelQuestion:
    """
    Make what somebody asked one of the panel's questions.

    :raises PanelRefused: somebody has dealt with it already; or as for any question
    """
    question = add_question(session=heard.session, said=said, by=by, at=at, from_audience=True)
    _settle(heard, _State.MERGED, question)
    return question


@transaction.atomic
def set_aside(*, heard: AudienceQuestion, by: Person, at: datetime) -> None:
    """
    Leave a question of the audience unasked.

    :raises PanelRefused: somebody has dealt with it already
    """
    _settle(heard, _State.ASIDE)
    record_entry(by=by, verb="panel.question_aside", at=at, object=heard.session)


@transaction.atomic
def pass_on(*, heard: AudienceQuestion, by: Person, at: datetime) -> None:
    """
    Send a question that was not asked on as an insight, for marketing, product or sales to answer.
    It carries no name, whoever asked.

    :raises PanelRefused: somebody has dealt with it already, or its session has no time yet
    """
    _settle(heard, _State.PASSED)
    session, words = heard.session, heard.words
    try:
        send_insight(
            kickoff=session.kickoff,
            session=session,
            what=words[:LONGEST_WHAT],
            evidence=words if len(words) > LONGEST_WHAT else "",
            by=None,
            at=at,
        )
    except InsightRefused as refusal:
        raise PanelRefused(str(refusal)) from refusal
    record_entry(by=by, verb="panel.question_passed", at=at, object=session)


def _settle(heard: AudienceQuestion, state: str, question: PanelQuestion | None = None) -> None:
    here = AudienceQuestion.objects.filter(pk=heard.pk, state=_State.OPEN)
    if not here.update(state=state, question=question):
        raise PanelRefused(_("Somebody else has dealt with this question. Look again."))
