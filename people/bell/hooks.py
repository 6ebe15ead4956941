from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.hooks import Hook
from people.accounts.models import Person
from people.waiting.rules import Place

SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What begins for somebody within the hour: where it is, at which kickoff, by whose clock."""

    title: str
    where: str
    starts_at: datetime
    zone: ZoneInfo
    place: Place
    url: str

    def minutes(self, at: datetime) -> int:
        """How many minutes are left, at least 0."""
        return max(int((self.starts_at - at).total_seconds() // 60), 0)


show_ahead = Hook[[Person, datetime], Ahead | None](
    "people.bell.hooks.show_ahead",
    """
    Say what begins for somebody within the hour (`SOON`), at any kickoff, to stand above what waits.

    Takes the person and the moment; gives the first thing that begins after it, or None.
    """,
)

join_daily = Hook[[Sequence[Person], datetime], AbstractContextManager[None]](
    "people.bell.hooks.join_daily",
    """
    Send with the mail of the day what is due for some people on that day.

    Takes people whose mail is being written, all on a working day of theirs, and the moment; gives
    a context, which is entered before what waits is read and left once the mails are queued,
    inside the one transaction that does it all.
    """,
)


@contextmanager
def joined(people: Sequence[Person], at: datetime) -> Iterator[None]:
    """Write the mails of people within this block, and let others send what is due with them."""
    with ExitStack() as stack:
        for context in join_daily(people, at):
            stack.enter_context(context)
        yield
