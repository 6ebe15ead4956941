"""Where bars, shades and lines of a Gantt chart stand, in pixels: plain dates in, plain numbers out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.due.rules import Calendar
from events.planning.rules.offsets import is_working_day

ROW, GROUP, HEAD = 28, 34, 56
BAR, GHOST = 14, 5
NEAR_DAY, ALL_DAY = 12, 4
STRETCHED = 840  # pixels that a whole plan is stretched to
NEAR_BACK, NEAR_DAYS = timedelta(weeks=2), timedelta(weeks=10)
LONGEST = timedelta(days=730)
NARROWEST_LABEL = 56
SATURDAY = 5
FIT = (100, 85, 70, 55, 45, 35, 25, 18, 12)
PAGE_WIDTH, PAGE_HEIGHT, TABLE_WIDTH = 1040, 500, 400


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a chart shows, first and last included, and how wide each is."""

    first: date
    last: date
    day: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def width(self) -> int:
        return self.days * self.day

    def x(self, day: date) -> int:
        """Where a day begins, kept within the chart."""
        end = (self.last - self.first).days + 1
        return min(max((day - self.first).days, 0), end) * self.day

    def shows(self, first: date, last: date) -> bool:
        """Whether anything of a span is in it."""
        return first <= self.last and last >= self.first


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when something lasts; `is_moment` where it takes no day."""

    starts: date
    ends: date
    is_moment: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where a bar stands. `middle` is half its height down, where a line to it ends."""

    x: int
    y: int
    width: int

    @property
    def middle(self) -> int:
        return self.y + BAR // 2

    @property
    def end(self) -> int:
        return self.x + self.width

    @property
    def hit(self) -> tuple[int, int]:
        """Left edge and width of what a finger can meet: never below 24."""
        wide = max(self.width, 24)
        return max(self.x - (wide - self.width) // 2, 0), wide

    @property
    def ghost_y(self) -> int:
        return self.y + BAR + 1

    @property
    def diamond(self) -> str:
        """The outline of a moment."""
        x, y = self.x + self.width // 2, self.middle
        return f"M{x} {y - 6}l6 6l-6 6l-6-6z"


class Zoom(StrEnum):
    """How much of a plan is shown."""

    WEEKS = "weeks"  # ten around today
    MONTHS = "months"  # all of it, a day as narrow as it stays readable
    SPAN = "span"  # all of it, stretched to the width of the ten weeks


def window(zoom: Zoom, spans: Sequence[Span], today: date) -> Window:
    """The days that a zoom shows of some spans."""
    if zoom is Zoom.WEEKS:
        return near(today)
    found = whole(spans, today)
    if zoom is Zoom.MONTHS:
        return found
    return replace(found, day=min(max(STRETCHED // found.days, 1), NEAR_DAY * 2))


def near(today: date) -> Window:
    """Ten weeks around today, from a Monday on."""
    first = today - timedelta(days=today.weekday()) - NEAR_BACK
    return Window(first, first + NEAR_DAYS - timedelta(days=1), NEAR_DAY)


def whole(spans: Iterable[Span], today: date) -> Window:
    """From the Monday before everything to the Sunday after it, two years around today at most."""
    days = [today, *(day for span in spans for day in (span.starts, span.ends))]
    first = max(min(days), today - LONGEST)
    last = min(max(days), today + LONGEST)
    return Window(
        first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday()), ALL_DAY
    )


def place(span: Span, window: Window, top: int) -> Box | None:
    """Where a span stands in a row that begins at `top`; None where the chart does not show it."""
    if not window.shows(span.starts, span.ends):
        return None
    if span.is_moment:
        return Box(window.x(span.ends), top + 5, window.day)
    x = window.x(span.starts)
    return Box(x, top + 5, window.x(span.ends + timedelta(days=1)) - x)


def weekends(window: Window, height: int) -> str:
    """One path over all weekends below the head."""
    down = height - HEAD
    return "".join(
        f"M{window.x(day)} {HEAD}h{window.day * 2}v{down}h-{window.day * 2}z"
        for day in _days(window)
        if day.weekday() == SATURDAY
    )


def holidays(rows: Sequence[tuple[int, Calendar]], window: Window) -> str:
    """
    One path over the weekdays on which a row's owner does not work. Rows are told by their top;
    neighbours that rest on the same days share a stroke.
    """
    workdays = [day for day in _days(window) if day.weekday() < SATURDAY]
    resting: dict[Calendar, list[int]] = {}  # where those days begin
    strokes: list[str] = []
    begun: dict[int, tuple[int, int]] = {}  # first top, and where it ends
    for top, calendar in rows:
        if calendar not in resting:
            resting[calendar] = [
                window.x(day) for day in workdays if not is_working_day(day, calendar)
            ]
        for x in resting[calendar]:
            first, end = begun.get(x, (top, top))
            if end != top:
                strokes.append(_stroke(x, first, end, window.day))
                first = top
            begun[x] = (first, top + ROW)
    strokes += [_stroke(x, first, end, window.day) for x, (first, end) in begun.items()]
    return "".join(strokes)


def weeks(window: Window) -> Iterator[tuple[int, date]]:
    """Mondays that have room for a label, with where they stand."""
    step = -(-NARROWEST_LABEL // (window.day * 7))
    for number, day in enumerate(day for day in _days(window) if day.weekday() == 0):
        if number % step == 0:
            yield window.x(day), day


def arrow(first: Box, second: Box) -> str:
    """A line from the end of one bar to the beginning of another."""
    x = max(first.end + 3, second.x - 4)
    return f"M{first.end} {first.middle}H{x}V{second.middle}H{second.x}"


def fit(width: int, height: int) -> int:
    """To how many percent a chart with its table is shrunk to print on a landscape page."""
    share = min(PAGE_WIDTH / (width + TABLE_WIDTH), PAGE_HEIGHT / max(height, 1)) * 100
    return next((step for step in FIT if step <= share), FIT[-1])


def _days(window: Window) -> list[date]:
    return [window.first + timedelta(days=number) for number in range(window.days)]


def _stroke(x: int, top: int, end: int, width: int) -> str:
    return f"M{x} {top}h{width}v{end - top}h-{width}z"
