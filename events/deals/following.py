"""
What goes along when facts of accounts change: whose they are may change with them.

A capability registers its part in `AppConfig.ready()`, so that deals know none of them.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from people.accounts.models import Person

Part = Callable[[Person | None, datetime], AbstractContextManager[None]]
_parts: list[Part] = []


def register(part: Part) -> Part:
    """Add a part: a context that is entered before accounts change and left after, inside the
    transaction that changes them."""
    if part not in _parts:
        _parts.append(part)
    return part


@contextmanager
def followed(by: Person | None, at: datetime) -> Iterator[None]:
    """Change accounts within this block, and let whoever follows them see before and after."""
    with ExitStack() as stack:
        for part in _parts:
            stack.enter_context(part(by, at))
        yield
