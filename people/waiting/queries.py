"""What waits, for one person and for many."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core.prepared import prepared
from people.accounts.models import Person
from people.accounts.requests import is_open_to_guests
from people.org.queries import is_here
from people.waiting.hooks import find_shared, find_waiting
from people.waiting.models import Standing
from people.waiting.rules import Row, Waiting, in_order, row_of, tally, unpacked

SHOWN = 5
Source = Callable[[Sequence[Person], datetime], Iterable[Iterable[Waiting]]]


def waiting_for(people: Sequence[Person], at: datetime) -> dict[int, list[Waiting]]:
    """
    What waits for each of some people, by id, in the order in which to do it; whoever has nothing
    is there with an empty list, and for whoever has left nothing waits.

    Of whom what was kept is exact, one query for all; of the others at most two queries a source,
    for any number of people.
    """
    of_some = [person.pk for person in people if not person.is_revops]
    exact = Standing.objects.exact(at).filter(person__in=of_some)
    kept = dict(exact.values_list("person", "items")) if of_some else {}
    found = asked([person for person in people if person.pk not in kept], at)
    found |= {person_id: [unpacked(one) for one in items] for person_id, items in kept.items()}
    shared = asked_of_roles(people, at)
    return {
        person.pk: in_order(
            (one for one in (*found[person.pk], *shared.get(person.pk, ())) if one.waits(at)), at
        )
        if is_here(person, at)
        else []
        for person in people
    }


def asked(people: Sequence[Person], at: datetime) -> dict[int, list[Waiting]]:
    """What every source says of some people, by id, with what begins within the hour."""
    return _found(find_waiting, people, at)


def asked_of_roles(people: Sequence[Person], at: datetime) -> dict[int, list[Waiting]]:
    """What some people have because of their role, by id; whoever has none is left out."""
    return _found(find_shared, [person for person in people if person.role], at)


def _found(source: Source, people: Sequence[Person], at: datetime) -> dict[int, list[Waiting]]:
    found: dict[int, list[Waiting]] = {person.pk: [] for person in people}
    still_here = [person for person in people if is_here(person, at)]
    if still_here:
        guests = {person.pk for person in still_here if person.is_guest}
        for of_one in source(still_here, at):
            for item in of_one:
                if item.person_id not in guests or is_open_to_guests(item.url):
                    found[item.person_id].append(item)
    return found


def waiting_for_one(person: Person, at: datetime) -> list[Waiting]:
    """What waits for one person, across all kickoffs, in the order in which to do it."""
    return waiting_for([person], at)[person.pk]


def standing_of(person: Person) -> Standing | None:
    """What is kept of a person, and whether it is stale: what the frame of each page shows. One query."""
    return next(iter(_standing(person.pk)), None)


@prepared
def _standing(person_id: int) -> QuerySet[Standing]:
    return Standing.objects.with_stale().filter(person=person_id).defer("items")


@dataclass(frozen=True, slots=True)
class Waits:
    """The first things that wait at a kickoff, how many more do there, and how many elsewhere."""

    place_key: str
    rows: Sequence[Row]
    total: int
    more: int
    elsewhere: int


def waits_at(place_key: str, person: Person, at: datetime) -> Waits:
    """
    What waits for a person at the kickoff of a key, and what comes first wherever it is: the top of
    their home there. The queries of the truth.
    """
    return waits_of(place_key, waiting_for_one(person, at), ZoneInfo(person.time_zone), at)


def waits_of(place_key: str, items: Sequence[Waiting], zone: ZoneInfo, at: datetime) -> Waits:
    """What of some items, in order, is at the kickoff of a key or comes first wherever it is."""
    here = [item for item in items if item.comes_first or item.place_key == place_key]
    total = tally(here, at).total
    return Waits(
        place_key=place_key,
        rows=[row_of(item, at, zone) for item in here[:SHOWN]],
        total=total,
        more=total - tally(here[:SHOWN], at).total,
        elsewhere=tally(items, at).total - total,
    )
