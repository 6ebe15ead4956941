"""Where capabilities say what a person may find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from core.finding import with_words
from core.hooks import Hook
from people.accounts.models import Person

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Search:
    """Who looks for what: words as `core.folding` gives them, and how many things of one kind."""

    person: Person
    words: Sequence[str]
    most: int

    def among(self, rows: QuerySet[M], *fields: str) -> QuerySet[M]:
        """
        The first rows in whose fields each word begins a word, and one more, which tells that
        there are more. `rows` are in order, and only those that the person may open.
        """
        return with_words(rows, self.words, *fields)[: self.most + 1]


@dataclass(frozen=True, slots=True)
class Found:
    """
    One thing to open. Things of one kind stand together under its name, and each thing is named so
    that it is known apart from others like it. Never a figure of anybody's pay or quota.
    """

    kind: object  # a lazy translation: Sessions
    label: str
    detail: str
    url: str
    icon: str = ""


find = Hook[[Search], Iterable[Found]](
    "people.search.hooks.find",
    """
    Find what a person looks for.

    Takes who looks for what, and how much; gives what that person may open at this moment, and
    nothing else: what is not theirs to see is not looked at. In a number of queries that does not
    grow with the rows.
    """,
)
