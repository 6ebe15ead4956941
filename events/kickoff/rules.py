"""The season of a kickoff: from 26 weeks before to 90 days after, as yard lines on a field."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CHECKPOINT_DAYS = (30, 60, 90)
SATURDAY = 5


class When(StrEnum):
    PAST = "past"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a week before the first day is known for."""

    weeks_before: int
    text: str
    is_minor: bool = False  # the first to go where there is little room


@dataclass(frozen=True, slots=True)
class Yard:
    """One line on the season: what it is called, what happens there, and where today is."""

    date: date
    label: str
    text: str
    when: When
    is_minor: bool = False
    is_kept: bool = False  # stays on a phone although it is past


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase of the season: `phase` is before, during or after."""

    phase: str
    name: str
    length: str
    yards: tuple[Yard, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """
    Where a day is on the season. Before, `number` are the days to go; from the first day on it is
    the `number`th of `of` days: of the event, or of the 90 after it.
    """

    phase: str
    number: int
    of: int = 0

    @property
    def in_words(self) -> str:
        """“in 21 days”, “day 2 of 3”, “day 41 of 90”; empty once the 90 days are over."""
        if self.phase == "before":
            if self.number == 1:
                return _("tomorrow")
            return _("in %(count)d days") % {"count": self.number}
        if self.number > self.of:
            return ""
        return _("day %(number)d of %(of)d") % {"number": self.number, "of": self.of}


def day_of(starts: date, ends: date, today: date) -> Day:
    """The day that `today`, a date at the venue, is for a kickoff."""
    if today < starts:
        return Day("before", (starts - today).days)
    if today <= ends:
        return Day("during", (today - starts).days + 1, (ends - starts).days + 1)
    return Day("after", (today - ends).days, CHECKPOINT_DAYS[-1])


def milestones() -> list[Milestone]:
    """The weeks that every kickoff passes."""
    return [
        Milestone(26, _("Brief")),
        Milestone(22, _("Venue asked")),
        Milestone(17, _("Site visits")),
        Milestone(13, _("Venue signed")),
        Milestone(8, _("Speakers set")),
        Milestone(5, _("Plans written")),
        Milestone(4, _("Skills survey")),
        Milestone(3, _("Pre-work due")),
        Milestone(1, _("Freeze"), is_minor=True),
    ]


def weeks_before(starts: date, weeks: int) -> date:
    """The day `weeks` weeks before the first day: T−`weeks`."""
    return starts - timedelta(weeks=weeks)


def days_after(ends: date, days: int) -> date:
    """The day `days` days after the last day; a weekend moves to the Monday after it."""
    day = ends + timedelta(days=days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def season(
    starts: date, ends: date, today: date, marks: Iterable[Milestone] | None = None
) -> tuple[Stretch, ...]:
    """
    The three phases with their yard lines, in order.

    `today` is the date at the venue. Exactly one yard is today: the one that falls on it, or a
    line of its own between the others. Day 30, 60 and 90 count from the last day.
    """
    chosen = sorted(milestones() if marks is None else marks, key=lambda mark: -mark.weeks_before)
    before = [
        Yard(
            date=weeks_before(starts, mark.weeks_before),
            label=_("T−%(weeks)d") % {"weeks": mark.weeks_before},
            text=mark.text,
            when=When.AHEAD,
            is_minor=mark.is_minor,
        )
        for mark in chosen
    ]
    days = (ends - starts).days + 1
    during = [
        Yard(day, date_format(day, "D"), date_format(day, "j M"), When.AHEAD)
        for day in (starts + timedelta(days=n) for n in range(days))
    ]
    after = [
        Yard(
            day,
            _("Day %(number)d") % {"number": number},
            date_format(day, "j M"),
            When.AHEAD,
        )
        for number, day in ((n, days_after(ends, n)) for n in CHECKPOINT_DAYS)
    ]
    weeks = chosen[0].weeks_before if chosen else 0
    return (
        Stretch(
            "before",
            _("Before"),
            ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks},
            _placed(before, today, is_here=today < starts),
        ),
        Stretch(
            "during",
            _("During"),
            ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
            _placed(during, today, is_here=starts <= today <= ends),
        ),
        Stretch(
            "after",
            _("After"),
            ngettext("%(count)d day", "%(count)d days", CHECKPOINT_DAYS[-1])
            % {"count": CHECKPOINT_DAYS[-1]},
            _placed(after, today, is_here=today > ends),
        ),
    )


def _placed(yards: list[Yard], today: date, *, is_here: bool) -> tuple[Yard, ...]:
    """The yards with what is past, and today among them when the phase is this one."""
    placed = [replace(yard, when=_when(yard.date, today, is_here=is_here)) for yard in yards]
    if is_here:
        if any(yard.when == When.TODAY for yard in placed):
            placed = [
                replace(yard, label=_("Today")) if yard.when == When.TODAY else yard
                for yard in placed
            ]
        else:
            mark = Yard(today, _("Today"), date_format(today, "D j M"), When.TODAY)
            placed = sorted([*placed, mark], key=lambda yard: yard.date)
    last_past = max((n for n, yard in enumerate(placed) if yard.when == When.PAST), default=None)
    return tuple(replace(yard, is_kept=n == last_past) for n, yard in enumerate(placed))


def _when(day: date, today: date, *, is_here: bool) -> When:
    if day == today and is_here:
        return When.TODAY
    return When.PAST if day < today else When.AHEAD
