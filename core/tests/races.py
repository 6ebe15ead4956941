"""
Acts at the same moment, for tests of what happens when two people press one button.

Only real row locks make such a test worth its name: mark it `postgres`, and
`django_db(transaction=True)`, since each act commits by itself.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(
    *acts: Callable[[], Any],
    times: int = 1,
    refusals: type[Exception] | tuple[type[Exception], ...] = (),
) -> list[Any]:
    """
    Begin all acts at the same moment, each on a connection of its own, and wait for all.

    What each returned, in the order of the acts, or the exception that it raised if that is one of
    `refusals`. `times` begins every act so often.

    :raises Exception: an act raised what is no refusal
    """
    every = acts * times
    start = Barrier(len(every))

    def run(act: Callable[[], Any]) -> Any:
        try:
            # Before the start, since to connect takes longer than most acts
            connection.ensure_connection()
            start.wait(timeout=10)
            return act()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(every)) as pool:
        return list(pool.map(run, every))
