"""What a panel begins with: the template's issues and questions, or those of a kickoff before."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.panels.models import Issue, PanelQuestion, Tone
from agenda.panels.queries import panel_sessions
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

QUESTIONS = 6  # of the template: two thirds of the session, and the rest is the room's


def suggest_questions(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Give each panel of the template three issues, with six questions: good, bad and ugly."""
    for session in panel_sessions(kickoff):
        for number, (words, questions) in enumerate(_ideas(), start=1):
            issue = Issue.objects.create(session=session, number=number, words=words)
            PanelQuestion.objects.bulk_create(
                PanelQuestion(
                    session=session,
                    issue=issue,
                    tone=tone,
                    words=asked,
                    minutes=max(1, session.duration_minutes * 2 // 3 // QUESTIONS),
                    position=position,
                )
                for position, (tone, asked) in enumerate(questions, start=1)
            )


def copy_questions(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy issues and questions into the panels of the same title: nobody sits on them yet, so nobody
    answers. A panel that has issues keeps its own.
    """
    there = {one.title: one for one in panel_sessions(target).filter(panel_issues=None)}
    issues = Issue.objects.filter(session__in=panel_sessions(source)).select_related("session")
    if not issues:
        return None
    fitting = [issue for issue in issues if issue.session.title in there]
    if not fitting:
        return Copied(_("Customer panels"), is_held=True)
    count = 0
    for issue in fitting:
        session = there[issue.session.title]
        copy = Issue.objects.create(session=session, number=issue.number, words=issue.words)
        made = PanelQuestion.objects.bulk_create(
            PanelQuestion(
                session=session,
                issue=copy,
                words=one.words,
                tone=one.tone,
                minutes=one.minutes,
                position=one.position,
                note=one.note,
            )
            for one in issue.questions.filter(from_audience=False)
        )
        count += len(made)
    record_entry(by=by, verb="panel.copied", at=at, object=target, note=source.name)
    said = ngettext("%(count)d question of a panel", "%(count)d questions of panels", count)
    return Copied(_("Customer panels"), [said % {"count": count}])


def _ideas() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            _("Why they bought"),
            [
                (Tone.GOOD, _("What did you hope for when you signed, and what came true?")),
                (Tone.BAD, _("What did we promise that took longer than you were told?")),
            ],
        ),
        (
            _("What it is like to be our customer"),
            [
                (Tone.GOOD, _("When did one of us make your day easier? What did they do?")),
                (Tone.UGLY, _("What was the worst week with us, and who noticed it first?")),
            ],
        ),
        (
            _("Why they stay, or do not"),
            [
                (Tone.BAD, _("What would a competitor have to show you to get a second meeting?")),
                (Tone.UGLY, _("What nearly made you leave, and what would today?")),
            ],
        ),
    ]
