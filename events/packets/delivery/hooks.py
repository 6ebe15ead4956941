from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.hooks import Hook
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person


@dataclass(frozen=True, slots=True, repr=False)
class Panel:
    """A section of a page about packets: a template, and what it shows as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


show_beside_packet = Hook[[PacketVersion, Person], Panel | None](
    "events.packets.delivery.hooks.show_beside_packet",
    """
    Show something beside a packet: its questions, its slots, its files.

    Takes a version and its viewer, who may read it; gives a panel, or None. The function decides
    what of its own they see.
    """,
)

show_on_desk = Hook[[Kickoff, Person], Panel | None](
    "events.packets.delivery.hooks.show_on_desk",
    """
    Show something on the desk of RevOps.

    Takes a kickoff and who looks at its desk; gives a panel, or None.
    """,
)


def panels_beside(version: PacketVersion, viewer: Person) -> list[Panel]:
    """What others show to somebody who looks at a version, in order."""
    return [panel for panel in show_beside_packet(version, viewer) if panel is not None]


def panels_on_desk(kickoff: Kickoff, viewer: Person) -> list[Panel]:
    """What others show on the desk, in order."""
    return [panel for panel in show_on_desk(kickoff, viewer) if panel is not None]


follow_release = Hook[[Sequence[PacketVersion], datetime], None](
    "events.packets.delivery.hooks.follow_release",
    """
    Do what follows a release: its letters, for example.

    Takes the released versions, with their rep and kickoff, and the moment; gives nothing. Called
    inside the transaction that releases: write rows, and leave the work to others.
    """,
)

follow_signature = Hook[[Sequence[PacketVersion], datetime], None](
    "events.packets.delivery.hooks.follow_signature",
    """
    Do what follows a signed receipt: the signed copy, for example.

    Takes the one version that was signed for, with its rep and kickoff, and the moment; gives
    nothing. Called inside the transaction that signs: write rows, and leave the work to others.
    """,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that begins at a time, under a key that stays when the time is moved."""

    key: str
    label: str
    at: datetime


find_moments = Hook[[Kickoff], Iterable[Moment]](
    "events.packets.delivery.hooks.find_moments",
    """
    Tell the moments of a kickoff that a release can wait for: “Comp session, Wed 3 Feb, 14:00”.

    Takes the kickoff; gives its moments.
    """,
)


def moments_of(kickoff: Kickoff) -> list[Moment]:
    """Every moment of a kickoff, in order of time."""
    found = [moment for of_one in find_moments(kickoff) for moment in of_one]
    return sorted(found, key=lambda moment: (moment.at, moment.label))


def moment_of(kickoff: Kickoff, key: str) -> Moment | None:
    """The moment under a key, where it stands now; None once it is gone."""
    return next((moment for moment in moments_of(kickoff) if moment.key == key), None)
