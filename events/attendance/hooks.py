from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.hooks import Hook
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Facts:
    """What a capability says of somebody on a roster: a heading, and lines of label and text."""

    title: str
    lines: Sequence[tuple[str, str]]


show_attendee = Hook[[Attendee, Person, datetime], Facts | None](
    "events.attendance.hooks.show_attendee",
    """
    Say what one knows of somebody on a roster, for their page for planners.

    Takes them, who reads it, and the moment; gives facts, or None. Only what that reader may see:
    of what is another's to read, no more than that it is there. At most two queries.
    """,
)

say_what_follows = Hook[[Kickoff, Collection[int], bool, datetime], Iterable[str]](
    "events.attendance.hooks.say_what_follows",
    """
    Say what becomes of what people of a roster have, before they are taken off it or leave.

    Takes the kickoff, the people by their primary keys, whether they leave the company, and the
    moment; gives sentences with counts, none where they have nothing. At most two queries.
    """,
)

follow_roster = Hook[[Kickoff, datetime], None](
    "events.attendance.hooks.follow_roster",
    """
    Do what follows from a changed roster: people joined, left, answered, or changed kind. Whoever
    joins later gets what the others got.

    Takes the kickoff and the moment; gives nothing. Called once after all changes, however many
    people they touch, inside the transaction that makes them.
    """,
)
