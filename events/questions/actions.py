from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.bets.models import BigBet
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from events.questions import rules
from events.questions.models import Choice, Question, Topic
from people.accounts.models import Person
from people.activity.actions import record_entry


def copy_topics(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy topics, each for the bet of the same title: what a manager can see and asks about, but no
    question, since a check never asks what somebody has seen.
    """
    topics = list(Topic.objects.filter(kickoff=source).select_related("bet"))
    if not topics:
        return None
    if target.topics.exists():
        return Copied(_("Topics"), is_held=True)
    bets = {bet.title: bet for bet in target.bets.all()}
    for topic in topics:
        save_topic(
            kickoff=target,
            name=topic.name,
            behaviour=topic.behaviour,
            prompts=topic.prompts,
            bet=bets.get(topic.bet.title) if topic.bet else None,
            by=by,
            at=at,
        )
    count = len(topics)
    said = ngettext("%(count)d topic", "%(count)d topics", count) % {"count": count}
    return Copied(_("Topics"), [said])


class QuestionRefused(Exception):
    """The question or topic was not saved. The message is fit to show to a planner."""


@transaction.atomic
def save_topic(
    *,
    kickoff: Kickoff,
    name: str,
    behaviour: str = "",
    prompts: str = "",
    bet: BigBet | None = None,
    topic: Topic | None = None,
    by: Person,
    at: datetime,
) -> Topic:
    """
    Create a topic, or change the one given.

    :raises QuestionRefused: the kickoff has another topic of that name
    """
    others = Topic.objects.filter(kickoff=kickoff, name__iexact=name.strip())
    if others.exclude(pk=topic.pk if topic else 0).exists():
        raise QuestionRefused(
            _("This kickoff has a topic named “%(name)s”.") % {"name": name.strip()}
        )
    topic = topic or Topic(kickoff=kickoff)
    topic.name, topic.behaviour, topic.prompts = name.strip(), behaviour.strip(), prompts.strip()
    topic.bet = bet
    topic.save()
    record_entry(by=by, verb="topic.saved", at=at, object=topic, note=topic.name)
    return topic


@transaction.atomic
def add_question(
    *,
    topic: Topic,
    text: str,
    choices: Sequence[str],
    right: int,
    explanation: str = "",
    held_out: bool = False,
    by: Person,
    at: datetime,
) -> Question:
    """
    Put a question with its choices into the bank; `right` is the index of the right choice.

    :raises QuestionRefused: not two to six different choices with one right one, or the topic
        has this question already
    """
    wrong = rules.wrong_choices(choices, right)
    if wrong:
        raise QuestionRefused(_reason(wrong))
    if Question.objects.filter(topic=topic, text__iexact=text.strip(), retired_at=None).exists():
        raise QuestionRefused(_("This topic has that question already."))
    question = Question.objects.create(
        topic=topic,
        text=text.strip(),
        explanation=explanation.strip(),
        held_out=held_out,
        created_at=at,
    )
    _put_choices(question, choices, right)
    record_entry(by=by, verb="question.added", at=at, object=question)
    return question


@transaction.atomic
def change_question(
    *,
    question: Question,
    topic: Topic,
    text: str,
    choices: Sequence[str],
    right: int,
    explanation: str = "",
    held_out: bool = False,
    by: Person,
    at: datetime,
) -> Question:
    """
    Change a question. What people answered stays as they were asked it: new words, choices or
    topic retire the old question and put a new one in its place.

    :raises QuestionRefused: as `add_question`
    """
    if question.topic_id == topic.pk and _says(question, text, choices, right):
        question.explanation, question.held_out = explanation.strip(), held_out
        question.save(update_fields=["explanation", "held_out"])
        record_entry(by=by, verb="question.changed", at=at, object=question)
        return question
    retire_question(question=question, by=by, at=at)
    return add_question(
        topic=topic,
        text=text,
        choices=choices,
        right=right,
        explanation=explanation,
        held_out=held_out,
        by=by,
        at=at,
    )


@transaction.atomic
def retire_question(*, question: Question, by: Person, at: datetime) -> bool:
    """Ask a question no more; what was answered stays. Returns whether this call retired it."""
    retired = Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=at)
    if retired:
        record_entry(by=by, verb="question.retired", at=at, object=question)
    return bool(retired)


def _reason(code: str) -> str:
    return {
        "few": _("A question needs at least two choices, each with a text."),
        "many": _("A question has six choices at most."),
        "alike": _("Two choices say the same."),
        "right": _("Mark the one right choice."),
    }[code]


def _put_choices(question: Question, choices: Sequence[str], right: int) -> None:
    Choice.objects.bulk_create(
        Choice(question=question, position=n + 1, text=text.strip(), is_right=n == right)
        for n, text in enumerate(choices)
    )


def _says(question: Question, text: str, choices: Sequence[str], right: int) -> bool:
    stored = [(choice.text, choice.is_right) for choice in question.choices.all()]
    wanted = [(choice.strip(), n == right) for n, choice in enumerate(choices)]
    return question.text == text.strip() and stored == wanted
