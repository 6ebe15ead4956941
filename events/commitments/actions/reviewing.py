"""Each Friday everybody is asked what they did of what they promised."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from events.commitments import rules
from events.commitments.models import Occurrence, WeeklyReview
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.queries import here

_PEOPLE = 1_000


def open_reviews(at: datetime) -> dict[str, int]:
    """
    The part of the tick: ask whoever has something open that falls due by the Sunday of this week,
    where it is Friday morning or later. A thousand people are one transaction; twice is as once.
    """
    weeks: dict[date, list[str]] = {}
    if at.weekday() in (3, 4, 5, 6, 0):  # somewhere it may be Friday to Sunday
        for zone in Person.objects.order_by().values_list("time_zone", flat=True).distinct():
            week = rules.week_in_review(at, ZoneInfo(zone))
            if week is not None:
                weeks.setdefault(week, []).append(zone)
    opened = 0
    for week, zones in weeks.items():
        asked = iter(list(_to_ask(week, zones, at)))
        while some := list(islice(asked, _PEOPLE)):
            with transaction.atomic():
                opened += len(
                    WeeklyReview.objects.bulk_create(
                        [
                            WeeklyReview(
                                kickoff_id=kickoff, person_id=person, week_date=week, opened_at=at
                            )
                            for kickoff, person in some
                        ],
                        ignore_conflicts=True,
                    )
                )
    return {"opened": opened}


def _to_ask(week: date, zones: list[str], at: datetime) -> list[tuple[int, int]]:
    known = WeeklyReview.objects.filter(
        kickoff=OuterRef("commitment__kickoff"),
        person=OuterRef("commitment__person"),
        week_date=week,
    )
    rows = (
        Occurrence.objects.open()
        .standing()
        .filter(
            Q(commitment__person__time_zone__in=zones),
            here(at, "commitment__person"),
            ~Exists(known),
            due_date__lte=week + timedelta(days=2),
        )
        .order_by("commitment__kickoff", "commitment__person")
        .values_list(F("commitment__kickoff"), F("commitment__person"))
        .distinct()
    )
    return list(rows)


@transaction.atomic
def finish_review(*, review: WeeklyReview, by: Person, at: datetime) -> None:
    """The person is done with it, whatever stays open. Twice is as once."""
    if WeeklyReview.objects.filter(pk=review.pk, done_at=None).update(done_at=at):
        record_entry(by=by, verb="review.finished", at=at, subject=by, object=review)
