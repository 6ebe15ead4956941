"""What all views of a timeline share: its tasks, narrowed as the address says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from core.lists.places import asked_of
from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.rules.gantt import Zoom
from people.accounts.requests import AuthenticatedRequest


@dataclass(frozen=True)
class Narrow:
    """One of the marks that planners look for most often, and how many tasks have it."""

    value: str
    label: str
    count: int
    query: str
    is_on: bool


@dataclass(frozen=True)
class Narrowing:
    """What the forms say by which a view is narrowed: plain values, drawn once."""

    at: str
    asked: rules.Narrowed
    only: tuple[Narrow, ...]
    streams: tuple[tuple[str, str], ...]
    owners: tuple[tuple[int, str], ...]
    states: tuple[tuple[str, str], ...]
    shown: int


@dataclass(frozen=True)
class View:
    """A view of a timeline: all of its tasks, those that are shown, and its own address."""

    name: str
    lines: queries.Lines
    asked: rules.Narrowed
    shown: Sequence[queries.Line]
    at: str

    @property
    def here(self) -> str:
        """The address of this view as it is narrowed."""
        return self.at + self.asked.query

    @property
    def zoom(self) -> Zoom:
        return self.asked.zoom or Zoom.WEEKS

    @property
    def zooms(self) -> Sequence[Narrow]:
        """How much of the plan a Gantt chart can show."""
        labels = {
            Zoom.WEEKS: _("10 weeks"),
            Zoom.MONTHS: _("Months"),
            Zoom.SPAN: _("Whole plan"),
        }
        return [
            Narrow(zoom, label, 0, self.at + self.asked.with_(zoom=zoom).query, self.zoom is zoom)
            for zoom, label in labels.items()
        ]

    @property
    def boards(self) -> Sequence[Narrow]:
        """What the columns of a board can be."""
        labels = {rules.By.STATE: _("By state"), rules.By.WORKSTREAM: _("By workstream")}
        on = self.asked.by or rules.By.STATE
        return [
            Narrow(by, label, 0, self.at + self.asked.with_(by=by).query, by is on)
            for by, label in labels.items()
        ]

    @cached_property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines.every)

    @cached_property
    def open(self) -> int:
        return sum(not line.is_done for line in self.lines.every)

    @property
    def chain(self) -> Sequence[str]:
        """The titles of the tightest chain to the event, in order."""
        return [self.lines.plan.tasks[key].title for key in self.lines.path.chain]

    @property
    def narrowing(self) -> Narrowing:
        """By what it can be narrowed, and by what it is."""
        return Narrowing(
            at=self.at,
            asked=self.asked,
            only=tuple(self.only),
            streams=tuple(self.lines.streams),
            owners=tuple(self.lines.owners),
            states=tuple((state.value, name) for state, name in state_names().items()),
            shown=len(self.shown),
        )

    @property
    def only(self) -> Sequence[Narrow]:
        """What the tasks can be narrowed to at a press, beside all of them."""
        labels = {
            None: _("All"),
            rules.Only.OPEN: _("Open"),
            rules.Only.LATE: _("Late"),
            rules.Only.CRITICAL: _("Critical path"),
            rules.Only.SOON: _("Next 7 days"),
            rules.Only.MINE: _("Mine"),
        }
        every, today = self.lines.every, self.lines.today
        return [
            Narrow(
                value=only or "",
                label=label,
                count=sum(only is None or rules.is_only(line, only, today) for line in every),
                query=self.at + self.asked.with_(only=only).query,
                is_on=self.asked.only is only,
            )
            for only, label in labels.items()
        ]


def state_names() -> dict[rules.State, str]:
    """How far a task is, in words."""
    return {
        rules.State.TODO: _("To do"),
        rules.State.WORK: _("Under way"),
        rules.State.LATE: _("Late"),
        rules.State.DONE: _("Done"),
    }


def view_of(
    request: AuthenticatedRequest, kickoff: Kickoff, name: str, ticked: Collection[int] = ()
) -> View:
    """A kickoff's timeline as somebody sees it: six queries."""
    today = kickoff.local_date(timezone.now())
    lines = queries.lines_of(queries.plan_of(kickoff), today, request.user.pk, ticked)
    asked = rules.Narrowed.read({key: str(value) for key, value in asked_of(request).items()})
    shown = asked.keep(lines.every, today)
    return View(name, lines, asked, shown, resolve_url(f"events:planning:{name}", kickoff.slug))
