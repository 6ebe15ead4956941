"""Folded texts in the database: what rows are found by, and how SQLite puts names in order."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from core.folding import BETWEEN, LETTERS, MARKS, PAIRS, alphabetical, fold

M = TypeVar("M", bound=Model)

# The order of names, made in PostgreSQL by a migration of `people`, and taught to SQLite
NAMES = "sko_names"


class Folded(Func):
    """A text of the database as `fold` gives it."""

    function = "SKO_FOLD"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """The steps of `fold`, each by what PostgreSQL has; plain letters need few of them."""
        text, params = compiler.compile(self.source_expressions[0])
        plain = f"lower({text} COLLATE {NAMES})"
        marked = f"regexp_replace(normalize({text}, NFKD), %s, '', 'g')"
        folded, constants = f"lower({marked} COLLATE {NAMES})", [MARKS]
        for letter, pair in PAIRS.items():
            folded, constants = f"replace({folded}, %s, %s)", [*constants, letter, pair]
        folded = f"translate({folded}, %s, %s)"
        constants += ["".join(LETTERS), "".join(LETTERS.values())]
        is_plain = f"octet_length({text}) = char_length({text})"
        sql = f"CASE WHEN {is_plain} THEN {plain} ELSE {folded} END"
        return f"regexp_replace({sql}, %s, ' ', 'g')", [*params * 4, *constants, BETWEEN]


def with_words(rows: QuerySet[M], words: Sequence[str], *fields: str) -> QuerySet[M]:
    """
    The rows in whose fields each of the words, folded, begins a word. None without words.

    It reads every row of `rows` once: narrow them first to what may be seen.
    """
    if not words:
        return rows.none()
    parts = [part for field in fields for part in (Value(" "), F(field))]
    text = Folded(Concat(*parts, output_field=TextField()))
    begins = [Contains(text, f" {word}") for word in words]
    return rows.filter(*begins)


def teach_sqlite(connection: Any, **_signal: object) -> None:
    """Give a new connection to SQLite what PostgreSQL has: `fold`, and the order of names."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("SKO_FOLD", 1, fold, deterministic=True)
        connection.connection.create_collation(NAMES, _compare)


def _compare(one: str, other: str) -> int:
    a, b = alphabetical(one), alphabetical(other)
    return (a > b) - (a < b)
