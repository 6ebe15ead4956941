from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.hooks import Hook
from events.guests.models import Guest


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a part: what it is, a few words, and where it leads, if anywhere."""

    title: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a capability shows a guest of theirs: a heading, and lines."""

    title: str
    lines: Sequence[Line]


show_guest = Hook[[Guest, datetime], Part | None](
    "events.guests.hooks.show_guest",
    """
    Show a guest what is theirs at a kickoff: their sessions, their panel.

    Takes the guest, with person and kickoff, and the moment; gives a part, or None. A line leads to
    pages alone that are `open_to_guests`, which ask themselves whose they are. What waits for a
    guest comes by `find_waiting`, as for everybody. At most two queries.
    """,
)
