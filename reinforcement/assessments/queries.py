from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui import charts, figures
from events.budget.hooks import Measured
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from reinforcement.assessments import rules
from reinforcement.assessments.models import Certification, Mark
from reinforcement.assessments.rules import Average
from reinforcement.campaigns.models import Activity
from reinforcement.campaigns.queries import behaviours
from reinforcement.campaigns.rules import CHECKPOINT_DAYS
from reinforcement.learning.models import Answer, Attempt
from reinforcement.learning.rules import percent
from reinforcement.touches.models import Touch


def retention(kickoff: Kickoff) -> dict[int, Average]:
    """Average score of the finished checks by day 0, 30, 60, 90, with n; one query."""
    scores: defaultdict[int, list[int]] = defaultdict(list)
    rows = (
        Attempt.objects.finished()
        .of_checks()
        .filter(touch__activity__campaign__kickoff=kickoff)
        .values_list("touch__activity__day_offset", "score_percent")
    )
    for day, score in rows:
        if score is not None:
            scores[day].append(score)
    averages = {day: rules.average(scores[day]) for day in CHECKPOINT_DAYS}
    return {day: found for day, found in averages.items() if found is not None}


def may_see_results(person: Person) -> bool:
    """Whether somebody may see what stayed with everybody, as averages: planners and executives."""
    return person.is_planner or person.is_executive


def measured(kickoff: Kickoff, person: Person) -> Measured | None:
    """
    How much people knew when last asked, for the page of a kickoff's return; None to whoever may
    not see the results, and of too few. One query.
    """
    if not may_see_results(person):
        return None
    told = {day: found for day, found in retention(kickoff).items() if found.low is not None}
    if not told:
        return None
    day = max(told)
    text = _("On day %(day)d, %(n)d people knew %(percent)s of what was asked.") % {
        "day": day,
        "n": told[day].n,
        "percent": figures.percent(told[day].mean / 100),
    }
    return Measured(text, reverse("reinforcement:assessments:results", args=[kickoff.slug]))


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its percent right on each of the days asked for; None where nobody took it."""

    topic: Topic
    scores: list[int | None]


def retention_by_topic(kickoff: Kickoff, days: Sequence[int]) -> list[TopicRow]:
    """Percent right by topic and day of the finished checks, the weakest first; 2 queries."""
    right: defaultdict[int, defaultdict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    rows = Answer.objects.filter(
        attempt__finished_at__isnull=False,
        attempt__touch__activity__kind=Activity.Kind.RETENTION_CHECK,
        attempt__touch__activity__campaign__kickoff=kickoff,
    ).values_list("question__topic_id", "attempt__touch__activity__day_offset", "is_right")
    for topic_id, day, is_right in rows:
        right[topic_id][day].append(bool(is_right))
    topics = Topic.objects.filter(kickoff=kickoff, pk__in=right)
    found = []
    for topic in topics:
        marks = right[topic.pk]
        scores = [percent(sum(marks[day]), len(marks[day])) if marks[day] else None for day in days]
        found.append(TopicRow(topic, scores))
    return sorted(found, key=lambda row: (_last(row), row.topic.name))


def _last(row: TopicRow) -> int:
    return next((score for score in reversed(row.scores) if score is not None), 101)


def retention_chart(averages: dict[int, Average]) -> charts.LineChart | None:
    """The curve of `retention`, its title the finding; None before there are two checks."""
    if len(averages) < 2:
        return None
    days = sorted(averages)
    first, last = averages[days[0]], averages[days[-1]]
    return charts.LineChart(
        title=_finding(days, averages),
        unit=_(
            "Average score on parallel checks with questions that practice never shows. "
            "Bars show the 95% interval."
        ),
        points=[
            charts.Point(
                day,
                averages[day].mean,
                figures.percent(averages[day].mean / 100),
                low=averages[day].low,
                high=averages[day].high,
            )
            for day in days
        ],
        ticks=[
            charts.Tick(
                day, _("Day %(day)s") % {"day": day}, _("n = %(n)s") % {"n": averages[day].n}
            )
            for day in days
        ],
        heads=[_("Check"), _("Average"), _("95% interval"), _("People")],
        rows=[
            [
                _("Day %(day)s") % {"day": day},
                figures.percent(averages[day].mean / 100),
                _interval(averages[day]),
                str(averages[day].n),
            ]
            for day in days
        ],
        y_format=lambda value: figures.percent(value / 100),
        y_from=max(0, 10 * int(min(last.mean, first.mean) // 10 - 2)),
        y_to=100,
    )


def _finding(days: list[int], averages: dict[int, Average]) -> str:
    first, last = averages[days[0]], averages[days[-1]]
    points = round(first.mean - last.mean)
    values = {"points": abs(points), "first": days[0], "last": days[-1]}
    if points > 0:
        return _("Scores fell by %(points)s points from day %(first)s to day %(last)s") % values
    if points < 0:
        return _("Scores rose by %(points)s points from day %(first)s to day %(last)s") % values
    return _("Scores held from day %(first)s to day %(last)s") % values


def _interval(average: Average) -> str:
    if average.low is None or average.high is None:
        return _("too few to say")
    return f"{figures.percent(average.low / 100)}–{figures.percent(average.high / 100)}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where one report stands on the way to a certificate."""

    person: Person
    score_percent: int | None
    marks: list[int]
    certification: Certification | None
    touch: Touch | None  # the manager's, to mark what they saw


def candidates(manager: Person, kickoff: Kickoff, at: datetime) -> list[Candidate]:
    """
    The reports of a manager who have a certification in the plan; 4 queries. Scores, marks and
    certificates only of those whose manager they are, as RevOps has confirmed.
    """
    touches = list(
        Touch.objects.of_kickoff(kickoff)
        .doable()
        .expected(at)
        .filter(activity__kind=Activity.Kind.CERTIFICATION, person=manager, about__isnull=False)
        .select_related("activity", "about")
        .order_by("about__full_name", "pk")
    )
    reps = [touch.about for touch in touches if touch.about is not None]
    people = [rep.pk for rep in reps if rep.manager_id == manager.pk and not rep.has_new_manager]
    # In the order of time, so that the last try wins
    scores = dict(
        Attempt.objects.finished()
        .filter(
            touch__activity__kind=Activity.Kind.CERTIFICATION,
            touch__activity__campaign__kickoff=kickoff,
            person__in=people,
        )
        .order_by("finished_at")
        .values_list("person_id", "score_percent")
    )
    marks: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
    for rep, review, score in (
        Mark.objects.filter(review__touch__in=touches, review__rep__in=people)
        .order_by("review__scored_at", "review_id", "pk")
        .values_list("review__rep_id", "review_id", "score")
    ):
        marks[rep].setdefault(review, []).append(score)
    certified = {
        one.person_id: one
        for one in Certification.objects.valid(at.date()).filter(
            activity__campaign__kickoff=kickoff, person__in=people
        )
    }
    return [
        Candidate(
            person=touch.about,
            score_percent=scores.get(touch.about.pk),
            marks=list(marks[touch.about.pk].values())[-1] if marks[touch.about.pk] else [],
            certification=certified.get(touch.about.pk),
            touch=touch,
        )
        for touch in touches
        if touch.about is not None
    ]


def certified_count(kickoff: Kickoff, at: datetime) -> tuple[int, int]:
    """How many people hold a valid certificate, of how many for whom one is planned."""
    certified = Certification.objects.valid(at.date()).filter(activity__campaign__kickoff=kickoff)
    planned = Touch.objects.of_kickoff(kickoff).doable().expected(at)
    planned = planned.filter(activity__kind=Activity.Kind.CERTIFICATION, about=None)
    return certified.values("person").distinct().count(), planned.count()


def rubric(touch: Touch) -> list[tuple[Topic, int | None]]:
    """The behaviours that a manager marks, each with the newest mark given."""
    newest = touch.reviews.prefetch_related("marks").first()
    given = {mark.topic_id: mark.score for mark in newest.marks.all()} if newest else {}
    return [(topic, given.get(topic.pk)) for topic in behaviours(touch.activity)]
