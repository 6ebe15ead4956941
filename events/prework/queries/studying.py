from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.safestring import SafeString

from core.minute import for_a_minute
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.models import (
    Assignment,
    AssignmentFile,
    PreworkItem,
    PreworkPlan,
    QuizTry,
)
from events.prework.rendering import text_of
from events.questions.models import Question, Topic
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Quiz:
    """The try at a quiz that somebody is at, and those that they made."""

    number: int
    questions: list[Question]
    tries: list[QuizTry]
    is_over: bool  # passed, or no try is left


def quiz_questions(kickoff: Kickoff, topic: Topic | None) -> QuerySet[Question]:
    """The questions that a quiz may ask: never those that are kept for the checks."""
    found = Question.objects.for_practice().filter(topic__kickoff=kickoff)
    return found.filter(topic=topic) if topic else found


def quiz_for(item: PreworkItem) -> Quiz | None:
    """The quiz of somebody's item; None where it is no quiz. Four queries."""
    assignment = item.assignment
    if assignment.kind != Assignment.Kind.QUIZ:
        return None
    tries = list(item.tries.prefetch_related("answers__question", "answers__choice"))
    number = len(tries) + 1
    passed = any(one.percent >= assignment.quiz_pass_percent for one in tries)
    is_over = passed or (assignment.quiz_tries is not None and number > assignment.quiz_tries)
    found = quiz_questions(assignment.kickoff, assignment.quiz_topic).order_by("pk")
    ids = rules.quiz_of(
        list(found.values_list("pk", flat=True)), assignment.quiz_count, item.pk * 100 + number
    )
    by_id = Question.objects.prefetch_related("choices").in_bulk(ids)
    return Quiz(number, [by_id[pk] for pk in ids], tries, is_over)


def plan_of(kickoff: Kickoff) -> PreworkPlan:
    """How a kickoff deals out its pre-work, or the defaults. One query."""
    return PreworkPlan.objects.filter(kickoff=kickoff).first() or PreworkPlan(kickoff=kickoff)


def held_up(person: Person, kickoff: Kickoff) -> set[int]:
    """Which of a person's items wait for an earlier one. One query, two where it goes in order."""
    if not plan_of(kickoff).is_in_order:
        return set()
    items = PreworkItem.objects.of_people(kickoff, [person.pk]).order_by("assignment__due_at", "pk")
    return rules.held_up(
        [
            (pk, state == PreworkItem.State.DONE, is_optional)
            for pk, state, is_optional in items.values_list(
                "pk", "state", "assignment__is_optional"
            )
        ]
    )


@for_a_minute
def over_minutes(kickoff: Kickoff, at: datetime) -> int:
    """How many of those who take part have more minutes of pre-work than the plan allows."""
    most = plan_of(kickoff).most_minutes
    items = PreworkItem.objects.filter(
        assignment__in=Assignment.objects.assigned().filter(kickoff=kickoff, is_optional=False)
    ).of_roster(kickoff, at)
    return (
        items.order_by()
        .values("person_id")
        .annotate(minutes=Sum("assignment__minutes"))
        .filter(minutes__gt=most)
        .count()
    )


def body_of(assignment: Assignment, files: Iterable[AssignmentFile]) -> SafeString:
    """The text of an assignment as a page shows it, with its pictures."""
    slug = assignment.kickoff.slug
    pictures = {
        held.file.name.lower(): reverse("events:prework:file", args=[slug, held.pk])
        for held in files
        if held.is_picture
    }
    return text_of(assignment.body, pictures)
