"""
What other capabilities show beside a packet (its questions, its slots, its files), and on the desk.

A capability registers its part in `AppConfig.ready()`, so packets know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person


@dataclass(frozen=True, slots=True, repr=False)
class Panel:
    """A section of a page about packets: a template, and what it shows as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Part = Callable[[PacketVersion, Person], Panel | None]
PagePart = Callable[[Kickoff, Person], Panel | None]
_parts: dict[str, tuple[int, Part]] = {}
_desk_parts: dict[str, PagePart] = {}


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


def register_on_desk(name: str, part: PagePart) -> None:
    """Add a part to the desk of RevOps: a function of a kickoff and its viewer, or none."""
    _desk_parts[name] = part


def on_desk(kickoff: Kickoff, viewer: Person) -> list[Panel]:
    """What others add to the desk."""
    found = [part(kickoff, viewer) for part in _desk_parts.values()]
    return [panel for panel in found if panel is not None]
