"""A plan as a Gantt chart: rows of a table, each with its bar, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import workstream_name
from events.planning.queries.lines import Line, Lines
from events.planning.rules import gantt
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """One task in plain values: its bar and that of the baseline, where they are shown."""

    line: Line
    window: gantt.Window
    top: int
    frozen: gantt.Span | None  # where it differs from what is planned now
    slip: int | None  # in working days of who does it; None where nothing was frozen
    is_moment: bool
    is_crossed: bool  # set by hand to a day before what it waits for is over

    def __hash__(self) -> int:
        # Few bars of one line are drawn, so it tells nearly all apart
        return hash(self.line.row)

    # Where bars stand is worked out only when they are drawn, which they are once
    @property
    def bar(self) -> gantt.Box | None:
        span = gantt.Span(self.line.starts, self.line.due, self.is_moment)
        return gantt.place(span, self.window, self.top)

    @property
    def ghost(self) -> gantt.Box | None:
        return gantt.place(self.frozen, self.window, self.top) if self.frozen else None

    @property
    def shift_url(self) -> str:
        return self.line.at("shift")

    @property
    def said_slip(self) -> str:
        """+3 or −2; empty where nothing slipped."""
        return f"{'+' if self.slip > 0 else '−'}{abs(self.slip)}" if self.slip else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one workstream, and where its heading stands."""

    name: str
    owner: Person | None
    top: int
    rows: Sequence[Row]

    @property
    def open(self) -> int:
        return sum(not row.line.is_done for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.line.is_late for row in self.rows)


@dataclass(frozen=True, slots=True)
class Week:
    """A Monday with a label: weeks before the first day, as planners say it."""

    x: int
    day: date
    mark: str


@dataclass(frozen=True)
class Gantt:
    """All that the page shows. Paths are those of an SVG."""

    lines: Lines
    window: gantt.Window
    groups: Sequence[Group]
    weeks: Sequence[Week]
    height: int
    weekends: str
    holidays: str
    links: str
    critical_links: str
    event: gantt.Box
    today_x: int | None
    hidden: int  # tasks that these weeks do not show

    @cached_property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def slipped(self) -> list[Row]:
        return [row for row in self.rows if row.slip is not None and row.slip > 0]

    @property
    def slipped_days(self) -> int:
        return sum(row.slip or 0 for row in self.slipped)

    @property
    def fit(self) -> int:
        return gantt.fit(self.window.width, self.height)


def gantt_of(lines: Lines, shown: Sequence[Line], zoom: gantt.Zoom) -> Gantt:
    """The chart of some tasks of a plan, over the days that the zoom asks for. No query."""
    plan, today, kickoff = lines.plan, lines.today, lines.plan.kickoff
    calendars = {step.key: step.calendar for step in lines.steps}
    frozen = {}
    for key, task in plan.tasks.items():
        if task.baseline_date is not None and task.baseline_days is not None:
            began = rules.start_of(task.baseline_date, task.baseline_days, calendars[key])
            frozen[key] = gantt.Span(began, task.baseline_date, not task.baseline_days)
    spans = {
        line.key: gantt.Span(line.starts, line.due, not plan.tasks[line.key].takes_days)
        for line in shown
    }
    ghosts = [frozen[key] for key in spans if key in frozen]
    window = gantt.window(zoom, [*spans.values(), *ghosts], today)
    seen = [line for line in shown if line.is_late or window.shows(line.starts, line.due)]
    links = plan.links
    linked = {key for link in links for key in (link.task, link.predecessor)}
    crossed = {link.task for link in rules.too_early(lines.steps, links)}
    groups, boxes, tops = [], {}, []
    top = gantt.HEAD
    for stream in plan.workstreams:
        of_stream = [line for line in seen if line.workstream == stream]
        if not of_stream:
            continue
        heading, rows = top, []
        top += gantt.GROUP
        for line in of_stream:
            key, calendar, slip = line.key, calendars[line.key], None
            if key in frozen:
                slip = rules.working_days_between(frozen[key].ends, line.due, calendar)
            row = Row(
                line=line,
                window=window,
                top=top,
                frozen=frozen[key] if slip else None,
                slip=slip,
                is_moment=spans[key].is_moment,
                is_crossed=key in crossed and line.is_by_hand,
            )
            rows.append(row)
            if key in linked and (bar := row.bar) is not None:
                boxes[key] = bar
            tops.append((top, calendar))
            top += gantt.ROW
        groups.append(Group(workstream_name(stream), plan.owners.get(stream), heading, rows))
    strokes: dict[bool, list[str]] = {True: [], False: []}
    tight = set(zip(lines.path.chain[1:], lines.path.chain, strict=False))
    for link in links:
        if link.task in boxes and link.predecessor in boxes:
            is_tight = link.task in lines.path.critical and (link.task, link.predecessor) in tight
            strokes[is_tight].append(gantt.arrow(boxes[link.predecessor], boxes[link.task]))
    event = window.x(kickoff.starts_date)
    event_width = window.x(kickoff.ends_date + timedelta(days=1)) - event
    return Gantt(
        lines=lines,
        window=window,
        groups=groups,
        weeks=[Week(x, day, _mark(kickoff, day)) for x, day in gantt.weeks(window)],
        height=top,
        weekends=gantt.weekends(window, top),
        holidays=gantt.holidays(tops, window),
        links="".join(strokes[False]),
        critical_links="".join(strokes[True]),
        event=gantt.Box(event, gantt.HEAD, event_width),
        today_x=window.x(today) + window.day // 2 if window.shows(today, today) else None,
        hidden=len(shown) - len(seen),
    )


def _mark(kickoff: Kickoff, day: date) -> str:
    """The week of a Monday, counted from that of the first day."""
    begins = kickoff.starts_date - timedelta(days=kickoff.starts_date.weekday())
    number = (day - begins).days // 7
    return f"T{'−' if number < 0 else '+'}{abs(number)}" if number else "T"
