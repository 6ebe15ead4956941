from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from events.kickoff.models import Kickoff
from events.questions.models import Choice, Topic
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity
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


def topics_of(quiz: Quiz) -> list[tuple[Topic, int]]:
    """Percent right by topic of one finished attempt, the weakest first."""
    topics = {answer.question.topic_id: answer.question.topic for answer in quiz.answers}
    scores = rules.by_topic(
        [(answer.question.topic_id, bool(answer.is_right)) for answer in quiz.answers]
    )
    return sorted(
        ((topics[topic], score) for topic, score in scores.items()),
        key=lambda pair: (pair[1], pair[0].name),
    )


@dataclass(frozen=True, slots=True)
class Checks:
    """
    What some people scored in the finished checks of a kickoff, in percent.

    `scores` by person and checkpoint day; `topics` by (person, day) and topic id; `names` of the
    topics that came up.
    """

    scores: dict[int, dict[int, int]]
    topics: dict[tuple[int, int], dict[int, int]]
    names: dict[int, str]

    def last_day(self, person: int) -> int | None:
        """The day of a person's last finished check."""
        return max(self.scores.get(person, {}), default=None)

    def weakest(self, person: int) -> int | None:
        """The topic on which a person scored lowest in their last check."""
        day = self.last_day(person)
        if day is None:
            return None
        scores = self.topics[person, day]
        return min(scores, key=lambda topic: (scores[topic], self.names[topic]))

    def of_team(self, day: int) -> dict[int, int]:
        """The average by topic of everybody who took the check of a day."""
        marks: defaultdict[int, list[int]] = defaultdict(list)
        for (_person, taken), scores in self.topics.items():
            if taken == day:
                for topic, score in scores.items():
                    marks[topic].append(score)
        return {topic: round(sum(scores) / len(scores)) for topic, scores in marks.items()}


def checks(people: Iterable[Person], kickoff: Kickoff) -> Checks:
    """The finished checks of some people; one query."""
    given: defaultdict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    names: dict[int, str] = {}
    rows = Answer.objects.filter(
        attempt__person__in=list(people),
        attempt__finished_at__isnull=False,
        attempt__touch__activity__kind=Activity.Kind.RETENTION_CHECK,
        attempt__touch__activity__campaign__kickoff=kickoff,
    )
    for person, day, topic, name, right in rows.values_list(
        "attempt__person_id",
        "attempt__touch__activity__day_offset",
        "question__topic_id",
        "question__topic__name",
        "is_right",
    ).order_by("pk"):
        given[person, day].append((topic, bool(right)))
        names[topic] = name
    scores: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (person, day), answers in sorted(given.items()):
        scores[person][day] = rules.percent(sum(right for _t, right in answers), len(answers))
    topics = {key: rules.by_topic(answers) for key, answers in given.items()}
    return Checks(scores=dict(scores), topics=topics, names=names)
