from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Query:
    """What the URL of a list says, cleaned: the state that every link of the list carries on."""

    prefix: str
    words: str
    sort: str
    default_sort: str
    page: int
    chosen: Mapping[str, str]
    kept: Mapping[str, str]

    def parameters(self, **changes: object) -> dict[str, str]:
        """The state with changes, as parameters of a URL; whatever is empty is left out."""
        state: dict[str, object] = {"q": self.words, **self.chosen, **changes}
        # Last whatever changed, so that one state has one address
        for key, own in (("sort", self.sort), ("page", self.page)):
            state[key] = state.pop(key, own)
        if state["sort"] == self.default_sort:
            state["sort"] = ""
        if state["page"] == 1:
            state["page"] = ""
        said = {f"{self.prefix}{key}": str(value) for key, value in state.items() if value}
        return {**self.kept, **said}

    def url(self, **changes: object) -> str:
        """A link to the list with changes."""
        return "?" + urlencode(self.parameters(**changes))


@dataclass(frozen=True)
class HeadCell:
    """A column head; `url` is empty where the column does not sort."""

    key: str
    label: Any
    numeric: bool
    narrow: bool
    url: str
    direction: str  # "ascending", "descending" or "": the values of aria-sort


@dataclass(frozen=True)
class ChipView:
    """One choice of a filter."""

    value: str
    label: Any
    url: str
    is_current: bool
    count: int | None


@dataclass(frozen=True)
class FilterView:
    """A filter as a page shows it: links side by side, or a select in the form."""

    key: str
    name: str
    label: Any
    value: str
    as_chips: bool
    from_data: bool  # people wrote the choices: they are not for translation
    all_url: str
    all_count: int | None
    choices: list[ChipView]

    @property
    def options(self) -> SafeString:
        """The choices of a select; joined here, since a company has hundreds of teams."""
        content = mark_safe(" data-content") if self.from_data else ""
        return format_html_join(
            "",
            '<option value="{}"{}{}>{}{}</option>',
            (
                (
                    choice.value,
                    mark_safe(" selected") if choice.is_current else "",
                    content,
                    choice.label,
                    "" if choice.count is None else f" ({choice.count})",
                )
                for choice in self.choices
            ),
        )


@dataclass(frozen=True)
class ListPage(Generic[M]):
    """One page of a list, and the links to its other states."""

    rows: list[M]
    total: int
    number: int
    pages: int
    per_page: int
    query: Query
    columns: list[HeadCell]
    filters: list[FilterView]
    can_search: bool

    @property
    def start(self) -> int:
        """The place of the first row on this page, from 1; 0 where there is none."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def end(self) -> int:
        """The place of the last row on this page."""
        return min(self.number * self.per_page, self.total)

    @property
    def is_filtered(self) -> bool:
        """Whether a search or a filter leaves rows out."""
        return bool(self.query.words or self.query.chosen)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to list at all: time for the page's own empty state."""
        return not self.total and not self.is_filtered

    @property
    def clear_url(self) -> str:
        """The list without search and filters."""
        nothing = dict.fromkeys(self.query.chosen, "")
        return self.query.url(**nothing, q="", page=1)

    @property
    def querystring(self) -> str:
        """This state as a query string with its “?”: for exports of what is shown."""
        return self.query.url(page=1)

    @property
    def previous_url(self) -> str:
        return self.query.url(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.query.url(page=self.number + 1) if self.number < self.pages else ""

    @property
    def chips(self) -> list[FilterView]:
        return [one for one in self.filters if one.as_chips]

    @property
    def selects(self) -> list[FilterView]:
        return [one for one in self.filters if not one.as_chips]

    @property
    def carried(self) -> dict[str, str]:
        """Parameters that the search form carries on as hidden fields."""
        dropped = {one.key: "" for one in self.selects}
        return self.query.parameters(**dropped, q="", page=1)
