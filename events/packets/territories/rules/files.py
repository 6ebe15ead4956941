"""Territories in a file: one row a territory, several names in one cell parted by “;”."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports import parsers
from core.imports.mapping import Field
from core.imports.names import join_names, split_names
from core.imports.tables import Limits
from events.packets.territories.rules.places import names_once, place_name

LIMITS = Limits(rows=5_000)
NAME_LIMIT, ROLE_LIMIT, ACCOUNT_LIMIT, MOST_NAMES = 120, 40, 160, 2_000


def names_up_to(length: int) -> Callable[[str], list[str]]:
    """A parser of a cell with several names, none of them longer than this."""

    def parse(cell: str) -> list[str]:
        names = names_once(split_names(cell))
        if len(names) > MOST_NAMES:
            message = _("This cell has %(count)d names; the limit is %(limit)d.")
            raise ValueError(message % {"count": len(names), "limit": MOST_NAMES})
        for name in names:
            if len(name) > length:
                message = _("“%(name)s…” has %(count)d characters; the limit is %(limit)d.")
                shown = {"name": name[:30], "count": len(name), "limit": length}
                raise ValueError(message % shown)
        return names

    return parse


def _places(cell: str) -> list[str]:
    return names_once(place_name(name) for name in _short(cell))


_short = names_up_to(80)
_SEVERAL = gettext_lazy("Several are parted by “;”")

FIELDS: Sequence[Field] = (
    Field(
        "territory",
        gettext_lazy("Territory"),
        required=True,
        aliases=("territory name", "name"),
        parse=parsers.text_up_to(NAME_LIMIT),
    ),
    Field(
        "role",
        gettext_lazy("Role"),
        aliases=("sales role",),
        parse=parsers.text_up_to(ROLE_LIMIT),
        hint=gettext_lazy("AE where the file says none"),
    ),
    Field(
        "owner",
        gettext_lazy("Owner"),
        aliases=("rep", "sales agent", "sales rep", "territory owner", "owner email"),
        parse=parsers.text_up_to(254),
        hint=gettext_lazy("A name, an e-mail or an employee id; empty is nobody"),
    ),
    Field(
        "geography",
        gettext_lazy("Geography"),
        aliases=("places", "regions", "countries"),
        parse=_places,
        hint=_SEVERAL,
    ),
    Field(
        "segment",
        gettext_lazy("Segment"),
        aliases=("segments", "tier"),
        parse=_short,
        hint=_SEVERAL,
    ),
    Field(
        "accounts",
        gettext_lazy("Named accounts"),
        aliases=("account names", "named account list"),
        parse=names_up_to(ACCOUNT_LIMIT),
        hint=_SEVERAL,
    ),
    Field(
        "exclusions",
        gettext_lazy("Left out"),
        aliases=("excluded accounts", "excluded"),
        parse=names_up_to(ACCOUNT_LIMIT),
        hint=_SEVERAL,
    ),
)
HEADERS = ("Territory", "Role", "Owner", "Geography", "Segment", "Named accounts", "Left out")


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """One territory as an export writes it and an import reads it."""

    name: str
    role: str
    owner: str  # an e-mail address
    places: Sequence[str]
    segments: Sequence[str]
    named: Sequence[str]
    excluded: Sequence[str]


def export_rows(rows: Iterable[TerritoryRow]) -> Iterator[list[str]]:
    """Cells in the order of `HEADERS`; importing them again changes nothing."""
    for row in rows:
        several = (row.places, row.segments, row.named, row.excluded)
        yield [row.name, row.role, row.owner, *(join_names(names) for names in several)]
