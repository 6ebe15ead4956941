"""What rows are found by, without case and accents, and how SQLite puts names in order."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Regex

from core.folding import BETWEEN, LETTERS, MARKS, PAIRS, alphabetical, fold, plain

M = TypeVar("M", bound=Model)

# The order of names, made in PostgreSQL by a migration of `people`, and taught to SQLite
NAMES = "sko_names"


class Plain(Func):
    """A text of the database as `plain` gives it."""

    function = "SKO_PLAIN"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """The steps of `plain`, each by what PostgreSQL has; a text without accents needs one."""
        text, params = compiler.compile(self.source_expressions[0])
        marked = f"regexp_replace(normalize({text}, NFKD), %s, '', 'g')"
        # Signs are compared as they are, which is the fastest
        long, constants = f'lower({marked} COLLATE {NAMES}) COLLATE "C"', [MARKS]
        for letter, pair in PAIRS.items():
            long, constants = f"replace({long}, %s, %s)", [*constants, letter, pair]
        long = f"translate({long}, %s, %s)"
        constants += ["".join(LETTERS), "".join(LETTERS.values())]
        is_ascii = f"octet_length({text}) = char_length({text})"
        short = f'lower({text} COLLATE "C")'
        return f"CASE WHEN {is_ascii} THEN {short} ELSE {long} END", [*params * 4, *constants]


def with_words(rows: QuerySet[M], words: Sequence[str], *fields: str) -> QuerySet[M]:
    """
    The rows in whose fields each of the words, folded, begins a word. None without words.

    It reads every row of `rows` once: narrow them first to what may be seen. A field may lead over
    a relation to many.
    """
    return _matching(rows, [f"{BETWEEN}{word}" for word in words], fields)


def with_parts(rows: QuerySet[M], said: str, *fields: str) -> QuerySet[M]:
    """
    The rows in whose fields each part of what is said, without case and accents, stands somewhere.
    Parts are what stands between spaces; those beyond eight count for nothing. Else as `with_words`.
    """
    said_parts = said.replace("\0", "").split()[:8]
    parts = filter(None, (fold(part).strip() for part in said_parts))
    return _matching(rows, [part.replace(" ", BETWEEN) for part in parts], fields)


def _matching(rows: QuerySet[M], patterns: Sequence[str], fields: Sequence[str]) -> QuerySet[M]:
    if not patterns:
        return rows.none()
    # Each field alone: few have an accent, and those that have none are read ten times as fast
    parts = [part for field in fields for part in (Value(" "), Plain(F(field)))]
    text = Concat(*parts, output_field=TextField())
    found = rows.filter(*(Regex(text, pattern) for pattern in patterns))
    # By number, so that what several people match stands there once
    return rows.filter(pk__in=found.order_by().values("pk"))


def teach_sqlite(connection: Any, **_signal: object) -> None:
    """Give a new connection to SQLite what PostgreSQL has: `plain`, and the order of names."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("SKO_PLAIN", 1, _plain, deterministic=True)
        connection.connection.create_collation(NAMES, _compare)


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)


def _compare(one: str, other: str) -> int:
    a, b = alphabetical(one), alphabetical(other)
    return (a > b) - (a < b)
