from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.hooks import Hook
from events.kickoff.models import Kickoff
from events.packets.inquiries.rules.slots import Span
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Busy:
    """What somebody is in, and for how long."""

    span: Span
    title: str


find_busy = Hook[[Kickoff, Person, Span], Iterable[Busy]](
    "events.packets.inquiries.hooks.find_busy",
    """
    Tell what a person has to be in at a kickoff: no review of a packet is held meanwhile.

    Takes the kickoff, the person and a span; gives what overlaps it, in order of time. What people
    may choose, and meals, are not told.
    """,
)
