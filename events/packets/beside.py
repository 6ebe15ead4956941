"""
What other capabilities show beside a packet: its questions, its slots, its files; and what they
add to a manager's report and to the coverage board.

A capability registers its part in `AppConfig.ready()`, so packets know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.kickoff.models import Kickoff
from events.packets.models import PacketVersion
from people.accounts.models import Person


@dataclass(frozen=True, slots=True, repr=False)
class Panel:
    """A section of a page about packets: a template, and what it shows as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Part = Callable[[PacketVersion, Person], Panel | None]
PagePart = Callable[[Kickoff, Person], Panel | None]
Asked = Callable[[Kickoff], int]
_parts: dict[str, tuple[int, Part]] = {}
_report_parts: dict[str, PagePart] = {}
_board_parts: dict[str, PagePart] = {}
_asked: dict[str, Asked] = {}


def register(name: str, part: Part, *, after: int) -> None:
    """
    Add a part: a function of a version and its viewer that gives a panel, or none.

    The viewer may read the version; the part decides what of its own they see. Parts stand in the
    order of `after`.
    """
    _parts[name] = (after, part)


def panels(version: PacketVersion, viewer: Person) -> list[Panel]:
    """Every part's panel for somebody who looks at a version, in order."""
    found = [
        part(version, viewer) for _after, part in sorted(_parts.values(), key=lambda one: one[0])
    ]
    return [panel for panel in found if panel is not None]


def register_on_report(name: str, part: PagePart) -> None:
    """Add a part to a manager's report: a function of a kickoff and the manager, or none."""
    _report_parts[name] = part


def on_report(kickoff: Kickoff, manager: Person) -> list[Panel]:
    """What others add to the report of a manager about the packets of their line."""
    found = [part(kickoff, manager) for part in _report_parts.values()]
    return [panel for panel in found if panel is not None]


def register_on_board(name: str, part: PagePart) -> None:
    """Add a part to the coverage board: a function of a kickoff and its viewer, or none."""
    _board_parts[name] = part


def on_board(kickoff: Kickoff, viewer: Person) -> list[Panel]:
    """What others add to the coverage board for somebody who may see it."""
    found = [part(kickoff, viewer) for part in _board_parts.values()]
    return [panel for panel in found if panel is not None]


def register_asked(name: str, count: Asked) -> None:
    """Add a count: how many reps of a kickoff have asked something that is not answered yet."""
    _asked[name] = count


def asked(kickoff: Kickoff) -> int:
    """How many reps of a kickoff wait for an answer about their packet."""
    return sum(count(kickoff) for count in _asked.values())
