from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from core.hooks import Hook
from people.accounts.models import Person

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
