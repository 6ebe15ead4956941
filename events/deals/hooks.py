from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from core.hooks import Hook
from people.accounts.models import Person

follow_accounts = Hook[[Person | None, datetime], AbstractContextManager[None]](
    "events.deals.hooks.follow_accounts",
    """
    See facts of accounts before and after they change: whose they are may change with them.

    Takes who changes them (nobody, where a command does) and the moment; gives a context, which is
    entered before accounts change and left after, inside the transaction that changes them.
    """,
)


@contextmanager
def followed(by: Person | None, at: datetime) -> Iterator[None]:
    """Change accounts within this block, and let whoever follows them see before and after."""
    with ExitStack() as stack:
        for context in follow_accounts(by, at):
            stack.enter_context(context)
        yield
