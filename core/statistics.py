"""Statistics by which a database plans its queries, fresh where much was written at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

_WRITES = re.compile(r'(?:INSERT INTO|UPDATE) "(\w+)"')


@contextmanager
def fresh_statistics() -> Iterator[None]:
    """
    Analyse each table that is written inside, at the end and in the same transaction.

    A database does so by itself, but a minute later or never, and until then it plans for tables
    that are as good as empty.
    """
    written: set[str] = set()

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if found := _WRITES.match(sql):
            written.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield
    with connection.cursor() as cursor:
        # In one order, so that two that end at once wait for each other and not around
        for table in sorted(written):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
