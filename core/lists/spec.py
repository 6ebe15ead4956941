from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Count, F, Model, QuerySet
from django.db.models.expressions import OrderBy

from core.finding import with_parts
from core.lists import rules
from core.lists.page import ChipView, FilterView, HeadCell, ListPage, Query

M = TypeVar("M", bound=Model)
Choices = Iterable[tuple[Any, Any]]

MOST_CHIPS = 9


@dataclass(frozen=True)
class Column:
    """
    A column head. `sort` names the field, or fields, that it sorts by; without one it does not.

    `narrow=False` leaves the column out on a phone: give its cells `k-hide-narrow` too.
    """

    key: str
    label: Any  # a lazy translation; empty for the column of the row's button
    sort: str | Sequence[str] = ()
    numeric: bool = False
    narrow: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        if not self.sort:
            return ()
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)


@dataclass(frozen=True)
class Filter:
    """
    A choice that narrows a list.

    `choices` are pairs of value and label, or a function that returns them when the page is made:
    then people wrote them, and they are not for translation.
    `by` is a field lookup (`state`, `person__region_id`), or a function of queryset and value.
    Few choices are shown as chips, many as a select; `counts=True` writes beside each chip how
    many rows it leaves (one more query, and `by` must be a lookup).
    """

    key: str
    label: Any
    choices: Choices | Callable[[], Choices]
    by: str | Callable[[QuerySet[Any], str], QuerySet[Any]]
    chips: bool | None = None
    counts: bool = False

    def pairs(self) -> list[tuple[str, Any]]:
        found = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in found]

    def narrow(self, queryset: QuerySet[M], value: str) -> QuerySet[M]:
        if callable(self.by):
            return self.by(queryset, value)
        return queryset.filter(**{self.by: value})


@dataclass(frozen=True)
class ListSpec:
    """
    What a list shows and what its URL may change.

    `default_sort` is a column's key, with “-” for descending; `default_order` are fields instead,
    for lists that begin with what needs somebody. Every order ends with the primary key, so that
    no row is on two pages. `keep` are other parameters of the page that its links carry on.
    A `prefix` keeps two lists on one page apart.

    :raises ValueError: `default_sort` names no sortable column, or two things share a parameter
    """

    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Sequence[str] = ()
    default_sort: str = ""
    default_order: Sequence[str] = ()
    per_page: int = 50
    prefix: str = ""
    keep: Sequence[str] = ()
    _sortable: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        sortable = {column.key: column.fields for column in self.columns if column.fields}
        object.__setattr__(self, "_sortable", sortable)
        if self.default_sort and self.default_sort.removeprefix("-") not in sortable:
            raise ValueError(f"No sortable column has the key “{self.default_sort}”.")
        taken = ["q", "sort", "page", *(one.key for one in self.filters), *self.keep]
        if len(taken) != len(set(taken)):
            raise ValueError("Two filters of one list share a parameter of the URL.")

    def page(self, queryset: QuerySet[M], params: Mapping[str, str]) -> ListPage[M]:
        """
        The rows that a URL asks for: two queries, and one for each filter that counts.

        Parameters that mean nothing are ignored; a page beyond the last gives the last.
        """
        filters = [(one, one.pairs()) for one in self.filters]
        query = self._read(params, filters)
        searched = self._search(queryset, query.words)
        narrowed = self._narrow(searched, filters, query)
        total = narrowed.count()
        pages = rules.page_count(total, self.per_page)
        number = min(query.page, pages)
        start = (number - 1) * self.per_page
        ordered = narrowed.order_by(*self._order(query.sort))
        return ListPage(
            rows=list(ordered[start : start + self.per_page]) if total else [],
            total=total,
            number=number,
            pages=pages,
            per_page=self.per_page,
            query=query,
            columns=[self._head(column, query) for column in self.columns],
            filters=[self._view(one, pairs, query, searched, filters) for one, pairs in filters],
            can_search=bool(self.search),
        )

    def _read(self, params: Mapping[str, str], filters: Sequence[Any]) -> Query:
        def said(name: str) -> str:
            return str(params.get(f"{self.prefix}{name}", ""))

        chosen = {
            one.key: value
            for one, pairs in filters
            if (value := said(one.key)) and value in {key for key, _label in pairs}
        }
        return Query(
            prefix=self.prefix,
            words=rules.search_words(said("q")) if self.search else "",
            sort=rules.sort_key(said("sort"), self._sortable, self.default_sort),
            default_sort=self.default_sort,
            page=rules.page_number(said("page")),
            chosen=chosen,
            kept={key: str(params[key])[:200] for key in self.keep if params.get(key)},
        )

    def _search(self, queryset: QuerySet[M], words: str) -> QuerySet[M]:
        return with_parts(queryset, words, *self.search) if words else queryset

    def _narrow(
        self,
        queryset: QuerySet[M],
        filters: Sequence[Any],
        query: Query,
        leave_out: str = "",
    ) -> QuerySet[M]:
        for one, _pairs in filters:
            if one.key in query.chosen and one.key != leave_out:
                queryset = one.narrow(queryset, query.chosen[one.key])
        return queryset

    def _order(self, sort: str) -> list[str | OrderBy]:
        if not sort:
            return [*self.default_order, "pk"]
        backwards = sort.startswith("-")
        fields = self._sortable[sort.removeprefix("-")]
        # Rows without a value come last both ways, on every database
        return [
            F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True)
            for name in fields
        ] + ["pk"]

    def _head(self, column: Column, query: Query) -> HeadCell:
        sorted_by = query.sort.removeprefix("-") == column.key
        direction = ""
        if sorted_by:
            direction = "descending" if query.sort.startswith("-") else "ascending"
        onward = f"-{column.key}" if direction == "ascending" else column.key
        return HeadCell(
            key=column.key,
            label=column.label,
            numeric=column.numeric,
            narrow=column.narrow,
            url=query.url(sort=onward, page=1) if column.fields else "",
            direction=direction,
        )

    def _view(
        self,
        one: Filter,
        pairs: list[tuple[str, Any]],
        query: Query,
        searched: QuerySet[Any],
        filters: Sequence[Any],
    ) -> FilterView:
        counts: dict[str, int] = {}
        if one.counts and isinstance(one.by, str):
            others = self._narrow(searched, filters, query, leave_out=one.key)
            grouped = others.order_by().values_list(one.by).annotate(rows=Count("pk"))
            counts = {str(value): rows for value, rows in grouped}
        chosen = query.chosen.get(one.key, "")
        as_chips = one.chips if one.chips is not None else len(pairs) <= MOST_CHIPS
        return FilterView(
            key=one.key,
            name=f"{query.prefix}{one.key}",
            label=one.label,
            value=chosen,
            as_chips=as_chips,
            from_data=callable(one.choices),
            all_url=query.url(**{one.key: ""}, page=1),
            all_count=sum(counts.values()) if one.counts else None,
            choices=[
                ChipView(
                    value=value,
                    label=label,
                    # A select sends its form; hundreds of teams need no address each
                    url=query.url(**{one.key: value}, page=1) if as_chips else "",
                    is_current=value == chosen,
                    count=counts.get(value, 0) if one.counts else None,
                )
                for value, label in pairs
            ],
        )
