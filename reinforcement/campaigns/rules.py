"""The 90 days: which day it is, when an activity is due, until when, and the plan to start from."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.due.rules import Calendar, local_due_at, next_working_day

LENGTH_DAYS = 90
LAST_OFFSET = 120
CHECKPOINT_DAYS = (0, 30, 60, 90)
NUDGE_GRACE_HOURS = 24
CHECKPOINT_GRACE_HOURS = 7 * 24
CERTIFICATION_TOPICS = 3


def day_number(day_zero: date, today: date) -> int:
    """Which day of the campaign it is; day 0 is the last day of the event, before it is negative."""
    return (today - day_zero).days


def due_at(
    *,
    day_zero: date,
    offset_days: int,
    hour: int,
    zone: ZoneInfo,
    calendar: Calendar,
    not_before: datetime | None = None,
) -> datetime:
    """
    When an activity reaches a person: a full local hour on a working day of theirs, in UTC.

    With `not_before`, the moment at which it is planned, an activity whose hour was over within
    the last day waits for its next hour rather than going out at night. One that is further back
    keeps its date, so that the tick can tell that it is stale.
    """
    day = next_working_day(day_zero + timedelta(days=offset_days), calendar)
    due = local_due_at(day, hour, zone)
    just_over = timedelta(hours=NUDGE_GRACE_HOURS)
    if not_before is not None and timedelta(0) < not_before - due <= just_over:
        return next_hour(not_before, hour=hour, zone=zone, calendar=calendar)
    return due


def next_hour(at: datetime, *, hour: int, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """The first moment from now on, in UTC, at which a working day has that hour."""
    today = at.astimezone(zone).date()
    due = local_due_at(next_working_day(today, calendar), hour, zone)
    if due >= at:
        return due
    return local_due_at(next_working_day(today + timedelta(days=1), calendar), hour, zone)


def overdue_at(due: datetime, *, days_to_do: int, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """
    The end of the last day on which an activity is in time, in UTC: midnight after the first
    working day that is `days_to_do` days or more after it was due.
    """
    last = next_working_day(due.astimezone(zone).date() + timedelta(days=days_to_do), calendar)
    return end_of(last, zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day is over somewhere, in UTC."""
    return local_due_at(day + timedelta(days=1), 0, zone)


def last_date(overdue_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which something is in time somewhere."""
    return (overdue_at - timedelta(minutes=1)).astimezone(zone).date()


def path_starts(*, day_zero: date, hire_date: date | None, added_date: date, on_time: bool) -> date:
    """
    Day 0 of one person. Who is on the roster when the campaign starts shares the event's; who
    comes later counts from the hire date, or from joining the roster when that is unknown or over
    before the event.
    """
    if on_time:
        return day_zero
    if hire_date is not None and hire_date > day_zero:
        return hire_date
    return max(day_zero, added_date)


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    A day on which something reaches `people`. `places` are their countries as PT, with the part as
    GB-ENG where the parts of a country differ; one that nobody knows is in none.
    """

    date: date
    people: int = 0
    places: tuple[str, ...] = ()


def arrivals(intended: date, people: Mapping[Calendar, int]) -> list[Arrival]:
    """
    On which working days a day of the plan reaches people, counted by calendar: the most first.

    Where there is nobody yet, it is a day from Monday to Friday.
    """
    days = {calendar: next_working_day(intended, calendar) for calendar in people}
    by_country: dict[str, set[date]] = defaultdict(set)
    for calendar, day in days.items():
        by_country[calendar.country].add(day)
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for calendar, day in days.items():
        is_apart = calendar.subdivision and len(by_country[calendar.country]) > 1
        place = f"{calendar.country}-{calendar.subdivision}" if is_apart else calendar.country
        found[day][place] += people[calendar]
    reached = [
        Arrival(day, places.total(), tuple(sorted(filter(None, places))))
        for day, places in found.items()
    ]
    reached.sort(key=lambda one: (-one.people, one.date))
    return reached or [Arrival(next_working_day(intended, Calendar()))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One activity of the plan that a new kickoff starts with."""

    day: int
    kind: str
    title: str | Promise
    body: str | Promise
    setting: str = ""
    hour: int = 9
    days_to_do: int = 3
    questions: int = 4
    reps_only: bool = False


_CHECK_TITLES = {
    0: _("The day-0 check: where you start"),
    30: _("The day-30 check: what has stayed"),
    60: _("The day-60 check: what you use"),
    90: _("The day-90 check: what remains"),
}


def _lesson(day: int, title: str | Promise, body: str | Promise) -> Step:
    return Step(day=day, kind="MICROLEARNING", title=title, body=body)


def _check(day: int) -> Step:
    return Step(
        day=day,
        kind="RETENTION_CHECK",
        title=_CHECK_TITLES[day],
        body=_(
            "Questions that practice never shows, answered once. Your manager sees the score by "
            "topic and uses it to pick what to coach; nobody is ranked by it."
        ),
        hour=10,
        days_to_do=7,
        questions=8,
    )


def _one_to_one(day: int, title: str | Promise, body: str | Promise) -> Step:
    return Step(
        day=day,
        kind="MANAGER_FOLLOW_UP",
        setting="ONE_TO_ONE",
        title=title,
        body=body,
        hour=8,
        days_to_do=5,
        reps_only=True,
    )


def _meeting(day: int, title: str | Promise, body: str | Promise) -> Step:
    return Step(
        day=day,
        kind="MANAGER_FOLLOW_UP",
        setting="TEAM_MEETING",
        title=title,
        body=body,
        hour=8,
        days_to_do=5,
        reps_only=True,
    )


PLAN: tuple[Step, ...] = (
    _check(0),
    _lesson(
        4,
        _("The big bets in three minutes"),
        _(
            "Say each bet in one sentence, and what you do for it each week. Then answer a few "
            "questions; each tells you at once why."
        ),
    ),
    _meeting(
        7,
        _("Team meeting: who does what for each bet"),
        _(
            "Ten minutes. Each rep names one action for one bet and its date. Write the actions "
            "down where the team sees them, and open the next meeting with them."
        ),
    ),
    _one_to_one(
        11,
        _("1:1 on the first action"),
        _("Ask what was done since the kickoff, what got in the way, and agree on one next step."),
    ),
    _lesson(
        18,
        _("Revisit: the session that changed most"),
        _(
            "Pick the key session from your notes, read its main points again, and answer a few "
            "questions about how you would use it in a live deal."
        ),
    ),
    _check(30),
    _one_to_one(
        33,
        _("1:1 on the weakest topic"),
        _("Start from the topic with the lowest score on day 30, in one deal that is open now."),
    ),
    _meeting(
        40,
        _("Team meeting: practise the two weakest topics"),
        _(
            "Two reps play a real customer conversation for each topic, the others say what they "
            "heard. Ten minutes a topic."
        ),
    ),
    _lesson(
        47,
        _("Revisit: what customers told us"),
        _("What promoters and detractors said on the panel, and what you do differently now."),
    ),
    _check(60),
    _one_to_one(
        63,
        _("1:1 on a deal that is stuck"),
        _(
            "Look at one deal together: who has not been met, and what is the next step with a date?"
        ),
    ),
    Step(
        day=70,
        kind="CERTIFICATION",
        title=_("Certification"),
        body=_(
            "A check with a score of at least 80%, and your manager’s marks for three behaviours "
            "seen in real calls."
        ),
        hour=10,
        days_to_do=10,
        questions=10,
        reps_only=True,
    ),
    _lesson(
        77,
        _("Revisit: the bets, three quarters of the way"),
        _("What is on track, what is not, and the one thing to change in the last two weeks."),
    ),
    _meeting(
        84,
        _("Team meeting: what we keep"),
        _("Each rep says what became a habit, and what the team keeps doing after day 90."),
    ),
    _check(90),
)
