"""How the views of a timeline are narrowed: what an address says, read without trust."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from core.numbers import whole_number
from events.planning.rules.gantt import Zoom
from events.planning.rules.groups import SOON

NOBODY = "none"
ASKED = {"workstream", "owner", "state"}
YEARS = range(2000, 2200)


class State(StrEnum):
    """How far a task is, by its dates: in the order of a board's columns."""

    TODO = "todo"  # its first day has not come
    WORK = "work"
    LATE = "late"
    DONE = "done"


class Only(StrEnum):
    """What a planner looks for most often."""

    LATE = "late"
    CRITICAL = "critical"
    SOON = "soon"
    MINE = "mine"
    OPEN = "open"


class By(StrEnum):
    """What the columns of a board are."""

    STATE = "state"
    WORKSTREAM = "workstream"


class Lined(Protocol):
    """What narrowing needs to know of a task."""

    @property
    def workstream(self) -> str: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def due(self) -> date: ...
    @property
    def state(self) -> State: ...
    @property
    def is_mine(self) -> bool: ...
    @property
    def is_critical(self) -> bool: ...


Line = TypeVar("Line", bound=Lined)
Choice = TypeVar("Choice", bound=StrEnum)


def state_of(is_done: bool, starts: date, due: date, today: date) -> State:
    """The state of a task; its last day itself is not late yet."""
    if is_done:
        return State.DONE
    if due < today:
        return State.LATE
    return State.WORK if starts <= today else State.TODO


def is_only(line: Lined, only: Only, today: date) -> bool:
    """Whether a task is among those that a planner looks for."""
    match only:
        case Only.LATE:
            return line.state is State.LATE
        case Only.CRITICAL:
            return line.is_critical
        case Only.SOON:
            return line.state is not State.DONE and line.due <= today + SOON
        case Only.MINE:
            return line.is_mine and line.state is not State.DONE
        case Only.OPEN:
            return line.state is not State.DONE


@dataclass(frozen=True, slots=True)
class Narrowed:
    """
    What an address asks for. A workstream or an owner that is not there finds nothing; a state or
    a mark that does not exist counts as not said.
    """

    workstream: str = ""
    owner: str = ""
    state: State | None = None
    only: Only | None = None
    zoom: Zoom | None = None
    by: By | None = None
    month: date | None = None  # its first day

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Narrowed":
        """From the fields of an address."""
        zoom = asked.get("zoom") or ("months" if asked.get("weeks") == "all" else "")
        return cls(
            workstream=asked.get("workstream", "")[:40],
            owner=asked.get("owner", "")[:20],
            state=_one_of(State, asked.get("state", "")),
            only=_one_of(Only, asked.get("only", "")),
            zoom=_one_of(Zoom, zoom),
            by=_one_of(By, asked.get("by", "")),
            month=_month(asked.get("month", "")),
        )

    @property
    def said(self) -> dict[str, str]:
        """The fields of an address that asks the same."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        said = {name: str(value) for name, value in found.items() if value}
        return said | ({"month": f"{self.month:%Y-%m}"} if self.month else {})

    @property
    def beside(self) -> dict[str, str]:
        """What of it no field of the form asks for, and the form carries on."""
        return {name: value for name, value in self.said.items() if name not in ASKED}

    @property
    def query(self) -> str:
        """“?owner=3&only=late”, or nothing."""
        return f"?{urlencode(self.said)}" if self.said else ""

    def with_(self, **changes: Any) -> "Narrowed":
        """The same, but for some of it."""
        return replace(self, **changes)

    def keep(self, lines: Iterable[Line], today: date) -> Sequence[Line]:
        """The tasks that fit."""
        owner = whole_number(self.owner)
        return [
            line
            for line in lines
            if (not self.workstream or line.workstream == self.workstream)
            and (
                not self.owner
                or (
                    line.owner_id is None
                    if self.owner == NOBODY
                    else owner is not None and line.owner_id == owner
                )
            )
            and self.state in (None, line.state)
            and (self.only is None or is_only(line, self.only, today))
        ]


def _one_of(kind: type[Choice], text: str) -> Choice | None:
    return next((one for one in kind if one.value == text), None)


def _month(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
    return found if found.year in YEARS else None
