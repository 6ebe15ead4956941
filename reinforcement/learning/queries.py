from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from events.kickoff.models import Kickoff
from events.questions.models import Choice
from people.accounts.models import Person
from reinforcement.learning import rules
from reinforcement.learning.models import Answer, Attempt


@dataclass(frozen=True, slots=True)
class Quiz:
    """An attempt with its questions and choices in order."""

    attempt: Attempt
    answers: list[Answer]

    @property
    def answered(self) -> int:
        return sum(answer.choice_id is not None for answer in self.answers)

    @property
    def right(self) -> int:
        return sum(bool(answer.is_right) for answer in self.answers)

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def current(self) -> Answer | None:
        """The first question without an answer."""
        return next((answer for answer in self.answers if answer.choice_id is None), None)

    def at(self, position: int) -> Answer | None:
        """The question at a position, counted from 1."""
        return self.answers[position - 1] if 1 <= position <= len(self.answers) else None


def quiz(attempt: Attempt) -> Quiz:
    """The questions of an attempt with their choices; two queries."""
    choices = Prefetch("question__choices", Choice.objects.order_by("position"))
    answers = attempt.answers.select_related("question__topic", "choice")
    return Quiz(attempt, list(answers.prefetch_related(choices).order_by("position")))


def check_scores(people: Iterable[Person], kickoff: Kickoff) -> dict[int, dict[int, int]]:
    """Percent by person id and checkpoint day, for the checks that are finished; one query."""
    scores: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = (
        Attempt.objects.finished()
        .of_checks()
        .filter(person__in=list(people), touch__activity__campaign__kickoff=kickoff)
    )
    for person, day, score in rows.values_list(
        "person_id", "touch__activity__day_offset", "score_percent"
    ):
        if score is not None:
            scores[person][day] = score
    return dict(scores)


def topic_scores(
    people: Iterable[Person], kickoff: Kickoff
) -> dict[tuple[int, int], dict[int, int]]:
    """Percent right by (person id, checkpoint day) and topic id, finished checks only; one query."""
    given: defaultdict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    rows = Answer.objects.filter(
        attempt__person__in=list(people),
        attempt__finished_at__isnull=False,
        attempt__touch__activity__kind="RETENTION_CHECK",
        attempt__touch__activity__campaign__kickoff=kickoff,
    )
    for person, day, topic, right in rows.values_list(
        "attempt__person_id",
        "attempt__touch__activity__day_offset",
        "question__topic_id",
        "is_right",
    ).order_by("pk"):
        given[person, day].append((topic, bool(right)))
    return {key: rules.by_topic(answers) for key, answers in given.items()}
