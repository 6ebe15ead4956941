from collections import defaultdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.questions.models import Choice, Question
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity
from reinforcement.learning import hooks, rules
from reinforcement.learning.models import Answer, Attempt
from reinforcement.touches.actions import complete_touch
from reinforcement.touches.models import Touch


class QuizRefused(Exception):
    """The quiz was not begun or the answer not taken. The message is fit to show to the person."""


def start_attempt(*, touch: Touch, by: Person, at: datetime) -> Attempt:
    """
    Begin the quiz of a touch, or go on with the one that was begun.

    A check is answered once: when it is finished, that attempt is returned. A lesson may be
    repeated; a certification after a week, below 80%.

    :raises QuizRefused: the touch has no quiz, is not due yet, was taken back, or there are too
        few questions
    """
    try:
        return _start(touch=touch, by=by, at=at)
    except IntegrityError:
        # Begun twice at once: the other request's attempt is the one
        begun = touch.attempts.order_by("-number").first()
        if begun is None:
            raise
        return begun


@transaction.atomic
def _start(*, touch: Touch, by: Person, at: datetime) -> Attempt:
    activity = touch.activity
    if not activity.has_quiz or touch.about_id is not None:
        raise QuizRefused(_("There are no questions to answer here."))
    last = touch.attempts.order_by("-number").first()
    if last is not None and not _again(activity, last, at):
        return last
    if last is None and not touch.is_open_at(at):
        raise QuizRefused(_("This cannot be begun now: it is not due yet, or was taken back."))
    questions = _draw(touch, number=last.number + 1 if last else 1)
    if not questions:
        raise QuizRefused(
            _("There are no questions for this yet. Your planner has to write them first.")
        )
    attempt = Attempt.objects.create(
        touch=touch,
        person=by,
        number=last.number + 1 if last else 1,
        once=activity.kind == Activity.Kind.RETENTION_CHECK,
        started_at=at,
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, position=n + 1, question_id=question)
        for n, question in enumerate(questions)
    )
    return attempt


@transaction.atomic
def answer_question(
    *, attempt: Attempt, position: int, choice_id: int, by: Person, at: datetime
) -> Answer:
    """
    Record what a person chose for one question of their attempt; the last answer finishes it.

    The first answer counts: a second one, even at once, changes nothing and returns the first.

    :raises QuizRefused: the quiz has no such question, or the question no such choice
    """
    answer = attempt.answers.select_related("question").filter(position=position).first()
    if answer is None:
        raise QuizRefused(_("This quiz has no such question."))
    choice = Choice.objects.filter(pk=choice_id, question=answer.question_id).first()
    if choice is None:
        raise QuizRefused(_("Choose one of the answers that are offered."))
    # No join: after it has waited for the row, PostgreSQL looks only at the row's own columns again
    unfinished = Attempt.objects.filter(finished_at=None)
    Answer.objects.filter(pk=answer.pk, choice=None, attempt__in=unfinished).update(
        choice=choice, is_right=choice.is_right, answered_at=at
    )
    answer.refresh_from_db()
    if not attempt.answers.filter(choice=None).exists():
        _finish(attempt, by, at)
    return answer


def _finish(attempt: Attempt, by: Person, at: datetime) -> None:
    marks = list(attempt.answers.values_list("is_right", flat=True))
    score = rules.percent(sum(bool(mark) for mark in marks), len(marks))
    open_ = Attempt.objects.filter(pk=attempt.pk, finished_at=None)
    if not open_.update(finished_at=at, score_percent=score):
        return
    attempt.finished_at, attempt.score_percent = at, score
    complete_touch(touch=attempt.touch, by=by, at=at)
    hooks.follow_quiz(attempt, at)


def _again(activity: Activity, last: Attempt, at: datetime) -> bool:
    """Whether a further attempt may begin."""
    if last.finished_at is None or last.score_percent is None:
        return False
    if activity.kind == Activity.Kind.MICROLEARNING:
        return True
    return activity.kind == Activity.Kind.CERTIFICATION and rules.may_retry(
        score_percent=last.score_percent, finished_at=last.finished_at, at=at
    )


def _draw(touch: Touch, number: int) -> list[int]:
    activity = touch.activity
    questions = Question.objects.filter(topic__kickoff=activity.campaign.kickoff_id)
    topics = list(activity.topics.values_list("pk", flat=True))
    if topics:
        questions = questions.filter(topic__in=topics)
    is_check = activity.kind != Activity.Kind.MICROLEARNING
    questions = questions.held_back() if is_check else questions.for_practice()
    pool: defaultdict[int, list[int]] = defaultdict(list)
    for topic, question in questions.values_list("topic_id", "pk").order_by("pk"):
        pool[topic].append(question)
    seen = Answer.objects.filter(attempt__person=touch.person_id, question__in=questions)
    return rules.draw(
        pool,
        activity.question_count,
        frozenset(seen.values_list("question_id", flat=True)),
        seed=f"{touch.pk}:{number}",
    )
