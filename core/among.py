"""`time_zone__among=Names([…])`: one of many names that we know ourselves, at the cost of one."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

_PLAIN = re.compile(r"[A-Za-z0-9_+/-]+")


class Names:
    """
    Names of ours, written into the statement: Django looks at each value of an `__in` again for
    each query, which for hundreds of time zones takes longer than the query.

    :raises ValueError: there is none, or one holds anything but letters, digits and `_ + / -`
    """

    def __init__(self, names: Iterable[str]) -> None:
        plain = sorted(set(names))
        if not plain or not all(_PLAIN.fullmatch(name) for name in plain):
            raise ValueError("Only plain names can be written into a statement.")
        self.sql = ", ".join(f"'{name}'" for name in plain)


@CharField.register_lookup
class Among(Lookup[bool]):
    lookup_name = "among"

    def get_prep_lookup(self) -> Names:
        """As it is: the names are written already."""
        if not isinstance(self.rhs, Names):
            raise TypeError("`among` takes Names.")
        return self.rhs

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({self.rhs.sql})", tuple(params)
