"""How far the parts of a company have come with one assignment: regions, teams, managers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from core.folding import fold
from core.minute import for_a_minute
from events.prework.models import Assignment, PreworkItem
from events.prework.rules import Progress

Named = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Part:
    """How far one region has come with an assignment."""

    region_id: int | None
    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Slice:
    """Those of one region, team and manager; each None where they have none."""

    region: Named | None
    team: Named | None
    manager: Named | None
    total: int
    done: int


@for_a_minute
def slices_of(assignment: Assignment, at: datetime) -> list[Slice]:
    """Everybody who has an assignment and takes part, by where they stand. One query."""
    rows = (
        PreworkItem.objects.filter(assignment=assignment)
        .of_roster(assignment.kickoff, at)
        .order_by()
        .values_list(
            "person__region",
            "person__region__name",
            "person__team",
            "person__team__name",
            "person__manager",
            "person__manager__full_name",
        )
        .annotate(total=Count("pk"), done=Count("done_at"))
    )
    return [
        Slice(_named(*row[0:2]), _named(*row[2:4]), _named(*row[4:6]), *row[6:]) for row in rows
    ]


def by_region(slices: Iterable[Slice]) -> list[Part]:
    """How far each region has come, the one that lags first."""
    found: dict[Named | None, list[Slice]] = {}
    for one in slices:
        found.setdefault(one.region, []).append(one)
    parts = [
        Part(region[0], region[1], sum_of(those))
        if region
        else Part(None, _("No region"), sum_of(those))
        for region, those in found.items()
    ]
    return sorted(parts, key=lambda part: (part.progress.share, part.name))


def sum_of(slices: Iterable[Slice]) -> Progress:
    """How far some of them have come together."""
    found = list(slices)
    return Progress(sum(one.total for one in found), sum(one.done for one in found))


def there(slices: Iterable[Slice], what: str) -> list[Named]:
    """The regions, teams or managers, whichever `what` says, that are among them, by name."""
    found = {getattr(one, what) for one in slices} - {None}
    return sorted(found, key=lambda named: (fold(named[1]), named[0]))


def narrowed(slices: Iterable[Slice], chosen: Mapping[str, str]) -> list[Slice]:
    """Those of the region, team and manager that are chosen, by their numbers."""
    return [
        one
        for one in slices
        if all(
            (named := getattr(one, what)) is not None and str(named[0]) == number
            for what, number in chosen.items()
        )
    ]


def _named(pk: int | None, name: str | None) -> Named | None:
    return None if pk is None else (pk, name or "")
