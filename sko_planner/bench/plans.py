"""What is measured of the plan: timeline, bets and promises, budget."""

from collections import Counter
from datetime import timedelta
from functools import partial

from django.urls import reverse

from events.commitments.actions import open_reviews
from events.commitments.models import Commitment, Occurrence, Source, WeeklyReview
from events.planning.actions import add_item, send_digests, write_comment
from events.planning.models import PlanDigest, PlanningTask, TaskFile
from people.files.models import StoredFile
from sko_planner.bench.measure import Figures, measure, measure_once
from sko_planner.bench.place import Place, Row, get, page


def _gantt(place: Place) -> Figures:
    url = reverse("events:planning:gantt", kwargs={"slug": place.large.slug})
    return measure(partial(get, place.planner, f"{url}?zoom=months"))


def _task(place: Place) -> Figures:
    # One that waits for another, with as much as a page is likely to hold
    task = PlanningTask.objects.filter(kickoff=place.large, waits_for__isnull=False).earliest("pk")
    by, at = place.large.owner, place.now
    if not task.files.exists():
        for number in range(12):
            add_item(task_id=task.pk, text=f"Step {number}", by=by, at=at)
            write_comment(task=task, text=f"What was said, {number}", by=by, at=at)
            file = StoredFile.objects.create(
                content=f"files/bench-{number}",
                name=f"Quote {number}.pdf",
                media_type="application/pdf",
                size_bytes=90_000,
                added_by=by,
                added_at=at,
            )
            TaskFile.objects.create(task=task, file=file)
    url = reverse("events:planning:task", args=[place.large.slug, task.pk])
    return measure(partial(get, place.planner, url))


def _weekly(place: Place) -> Figures:
    # When it is Friday everywhere, and nobody has been asked yet
    at = (place.now + timedelta(days=1 + (3 - place.now.weekday()) % 7)).replace(hour=21)
    WeeklyReview.objects.filter(week_date__gte=(at - timedelta(days=2)).date()).delete()
    people = place.large.attendees.still_here(at)
    promises = Commitment.objects.bulk_create(
        Commitment(
            kickoff=place.large, person_id=pk, source=Source.OWN, words="Call", made_at=place.now
        )
        for pk in people.values_list("person", flat=True)
    )
    Occurrence.objects.bulk_create(
        Occurrence(commitment=one, due_date=at.date()) for one in promises
    )
    counts: Counter[str] = Counter()
    figures = measure_once(lambda: counts.update(open_reviews(at)), things=len(promises))
    if counts["opened"] < len(promises):
        raise RuntimeError(f"Of {len(promises)} people {counts['opened']} were asked.")
    # The rows to come are measured without them
    WeeklyReview.objects.filter(kickoff=place.large).delete()
    place.large.commitments.filter(pk__in=[one.pk for one in promises]).delete()
    return figures


def _digests(place: Place) -> Figures:
    # When it is Monday eight o'clock everywhere, and nobody has been told yet
    at = (place.now + timedelta(days=1 + (1 - place.now.weekday()) % 7)).replace(hour=21)
    PlanDigest.objects.filter(week_date__gte=(at - timedelta(days=2)).date()).delete()
    told: Counter[str] = Counter()
    figures = measure_once(lambda: told.update(send_digests(at)), things=400)
    if not told["told"]:
        raise RuntimeError("Nobody was told of the week.")
    return figures


PAGES = (
    Row(
        "list of 400 tasks",
        lambda at: page(at.planner, "events:planning:list", at.large),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "Gantt of 400 tasks",
        _gantt,
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "board of 400 tasks",
        lambda at: page(at.planner, "events:planning:board", at.large),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "calendar of 400 tasks",
        lambda at: page(at.planner, "events:planning:calendar", at.large),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row("page of a task, among 400", _task, Figures(queries=15, times=75, db_share=1)),
    Row(
        "week of a plan of 400 tasks",
        lambda at: page(at.planner, "events:planning:digest", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "My plan, among 20,000 promises",
        lambda at: page(at.rep, "events:commitments:mine", at.running),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "Friday's review, among 20,000 promises",
        lambda at: page(at.rep, "events:commitments:review", at.running),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "promises kept, by bet, team and week",
        lambda at: page(at.planner, "events:commitments:board", at.running),
        Figures(queries=15, times=150, db_share=2),
    ),
    Row(
        "customer panels of a kickoff of 300 sessions",
        lambda at: page(at.planner, "agenda:panels:list", at.large),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "budget, 60 lines and two hotels",
        lambda at: page(at.planner, "events:budget:page", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "return of a budget of 60 lines",
        lambda at: page(at.planner, "events:budget:return", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
)
QUEUES = (
    Row("weekly review asked of 5,000 people", _weekly, Figures(queries=60, times=5_000)),
    Row("weekly digest of every plan, one of 400 tasks", _digests, Figures(times=1_000)),
)
