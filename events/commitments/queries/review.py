"""What a person is asked on a Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from events.commitments import rules
from events.commitments.models import Occurrence, WeeklyReview
from events.commitments.queries.mine import Promised, Week, promises_of, weeks_of
from events.kickoff.models import Kickoff
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that a promise fell due, to be answered, or answered this week."""

    promised: Promised
    time: Occurrence


@dataclass(frozen=True, slots=True)
class Reviewed:
    """
    A week as its review shows it. `review` is None before it was asked for: people may look back
    early. What is open is asked first.
    """

    review: WeeklyReview | None
    friday: date
    open: list[Asked]
    answered: list[Asked]
    next: list[Asked]  # what falls due in the week after
    weeks: list[Week]
    carry_days: list[date]

    @property
    def total(self) -> int:
        return len(self.open) + len(self.answered)


def review_of(person: Person, kickoff: Kickoff, at: datetime) -> Reviewed:
    """The review of this week: the last that was asked for and not finished, else today's. 3 queries."""
    today = person.local_date(at)
    friday = rules.friday_of(today)
    review = WeeklyReview.objects.filter(
        kickoff=kickoff, person=person, week_date__gte=friday - timedelta(days=7)
    ).first()
    if review is not None and review.done_at is None:
        friday = review.week_date
    elif review is not None and review.week_date != friday:
        review = None
    sunday, monday = friday + timedelta(days=2), friday - timedelta(days=4)
    promises = promises_of(person, kickoff, at)
    live = [one for one in promises if not one.commitment.is_dropped]
    times = [Asked(one, time) for one in promises for time in one.times]
    return Reviewed(
        review=review,
        friday=friday,
        open=[one for one in times if one.time.is_open and _due(one, date.min, sunday)],
        answered=[
            one
            for one in times
            if not one.time.is_open and (_due(one, monday, sunday) or _settled(one, monday, person))
        ],
        next=[
            Asked(one, time)
            for one in live
            for time in one.times
            if time.is_open
            and time.due_date
            and sunday < time.due_date <= sunday + timedelta(days=7)
        ],
        weeks=weeks_of(promises),
        carry_days=rules.carry_days(today),
    )


def _due(one: Asked, first: date, last: date) -> bool:
    day = one.time.due_date
    return day is not None and first <= day <= last


def _settled(one: Asked, monday: date, person: Person) -> bool:
    settled = one.time.settled_at
    return settled is not None and person.local_date(settled) >= monday
