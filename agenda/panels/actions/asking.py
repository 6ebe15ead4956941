"""The question bank of a panel: at most three issues, and at most two answers to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.models import Answerer, Issue, Panelist, PanelQuestion, Tone
from agenda.panels.rules import MOST_ANSWERS, MOST_ISSUES
from agenda.sessions.models import Session
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """A question as it is written: about which issue, how long, and who answers, in order."""

    issue: Issue
    words: str
    tone: str = Tone.GOOD
    minutes: int = 6
    note: str = ""
    answerers: Sequence[Panelist] = ()


@transaction.atomic
def add_issue(*, session: Session, words: str, by: Person, at: datetime) -> Issue:
    """
    Say what a panel is about.

    :raises PanelRefused: it says nothing, or there are three already
    """
    words = _said(words)
    taken = set(session.panel_issues.values_list("number", flat=True))
    free = next((n for n in range(1, MOST_ISSUES + 1) if n not in taken), None)
    if free is None:
        raise _too_many()
    try:
        with transaction.atomic():
            issue = Issue.objects.create(session=session, number=free, words=words)
    except IntegrityError as error:  # somebody else took the same place
        raise PanelRefused(
            _("Somebody else added an issue at the same moment. Look again.")
        ) from error
    record_entry(by=by, verb="panel.issue_added", at=at, object=session, note=words)
    return issue


@transaction.atomic
def reword_issue(*, issue: Issue, words: str, by: Person, at: datetime) -> None:
    """
    Say an issue in other words.

    :raises PanelRefused: it says nothing
    """
    issue.words = _said(words)
    issue.save(update_fields=["words"])
    record_entry(by=by, verb="panel.issue_changed", at=at, object=issue.session, note=issue.words)


@transaction.atomic
def remove_issue(*, issue: Issue, by: Person, at: datetime) -> None:
    """
    Take an issue away.

    :raises PanelRefused: it has questions, which would be lost with it
    """
    if issue.questions.exists():
        raise PanelRefused(_("It has questions. Move them to another issue first, or delete them."))
    record_entry(by=by, verb="panel.issue_removed", at=at, object=issue.session, note=issue.words)
    issue.delete()


@transaction.atomic
def add_question(
    *, session: Session, said: QuestionWords, by: Person, at: datetime, from_audience: bool = False
) -> PanelQuestion:
    """
    Add a question, as the last of its issue.

    :raises PanelRefused: it says nothing, lasts no 1 to 60 minutes, more than two answer, or issue
        or panelists are those of another panel
    """
    _check(session, said)
    last = said.issue.questions.aggregate(Max("position"))["position__max"] or 0
    question = PanelQuestion.objects.create(
        session=session, position=last + 1, from_audience=from_audience, **_columns(said)
    )
    _let_answer(question, said.answerers)
    record_entry(by=by, verb="panel.question_added", at=at, object=session, note=question.words)
    return question


@transaction.atomic
def update_question(
    *, question: PanelQuestion, said: QuestionWords, position: int, by: Person, at: datetime
) -> None:
    """
    Change a question, and its place among those of its issue.

    :raises PanelRefused: as for a new one
    """
    _check(question.session, said)
    columns = _columns(said) | {"position": max(1, position)}
    PanelQuestion.objects.filter(pk=question.pk).update(**columns)
    _let_answer(question, said.answerers)
    record_entry(
        by=by, verb="panel.question_changed", at=at, object=question.session, note=said.words
    )


@transaction.atomic
def remove_question(*, question: PanelQuestion, by: Person, at: datetime) -> None:
    """Delete a question; what the audience asked and was merged into it waits again."""
    session = question.session
    question.heard.update(state="OPEN")
    record_entry(by=by, verb="panel.question_removed", at=at, object=session, note=question.words)
    question.delete()


def _said(words: str) -> str:
    if not (words := " ".join(words.split())):
        raise PanelRefused(_("Write what the panel is about."))
    return words


def _too_many() -> PanelRefused:
    return PanelRefused(
        _("A panel is about three issues at most: with more, none is heard to its end.")
    )


def _check(session: Session, said: QuestionWords) -> None:
    if not said.words.strip():
        raise PanelRefused(_("Write the question."))
    if not 1 <= said.minutes <= 60:
        raise PanelRefused(_("A question takes 1 to 60 minutes."))
    if len({one.pk for one in said.answerers}) > MOST_ANSWERS:
        raise PanelRefused(
            _("Two answer a question at most: the third says what the first two have said.")
        )
    if said.issue.session_id != session.pk:
        raise PanelRefused(_("That issue is one of another panel."))
    if any(one.session_id != session.pk for one in said.answerers):
        raise PanelRefused(_("That panelist sits on another panel."))


def _columns(said: QuestionWords) -> dict[str, object]:
    return {
        "issue": said.issue,
        "words": said.words.strip(),
        "tone": said.tone,
        "minutes": said.minutes,
        "note": said.note.strip(),
    }


def _let_answer(question: PanelQuestion, panelists: Sequence[Panelist]) -> None:
    """Who answers, in order; what somebody has agreed to stays agreed."""
    agreed = set(question.answerers.filter(agreed=True).values_list("panelist_id", flat=True))
    question.answerers.all().delete()
    Answerer.objects.bulk_create(
        Answerer(question=question, panelist_id=pk, place=place, agreed=pk in agreed)
        for place, pk in enumerate(dict.fromkeys(one.pk for one in panelists), start=1)
    )
