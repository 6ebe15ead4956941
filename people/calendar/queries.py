from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from core.due.rules import Calendar
from people.accounts.models import Person
from people.calendar.models import ClosingDay, Leave
from people.calendar.rules import part_of_country

_FEW = 500


class Place(NamedTuple):
    """Where somebody works, as far as it is known; fields that are not known are empty."""

    country: str
    subdivision: str
    time_zone: str


def calendars_at(places: Iterable[Place]) -> Mapping[Place, Calendar]:
    """On which days people at some places work, their leave aside: one query."""
    closed: dict[str, set[date]] = defaultdict(set)
    for country, day in ClosingDay.objects.values_list("country", "date"):
        closed[country].add(day)
    everywhere = closed[""]
    shut = {country: frozenset(days | everywhere) for country, days in list(closed.items())}
    return {
        place: _calendar(place, shut.get(place.country, frozenset(everywhere))) for place in places
    }


@lru_cache(maxsize=1024)
def _calendar(place: Place, closed: frozenset[date]) -> Calendar:
    """One and the same from page to page, so that what is remembered of it is found at once."""
    return Calendar(
        country=place.country, subdivision=part_of_country(**place._asdict()), closed=closed
    )


def calendars_of(people: Iterable[Person]) -> Mapping[int, Calendar]:
    """On which days each of some people works, in their order: two queries."""
    by_id = {person.pk: person for person in people}
    at = {
        pk: Place(person.country, person.subdivision, person.time_zone)
        for pk, person in by_id.items()
    }
    calendars = calendars_at(set(at.values()))
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    # Few are away: of many people, all leave is read and what is others' not looked at
    leaves = Leave.objects.filter(person__in=by_id) if len(by_id) <= _FEW else Leave.objects.all()
    for person_id, first, last in leaves.values_list("person_id", "starts_date", "ends_date"):
        away[person_id].append((first, last))
    return {
        pk: replace(calendars[place], away=tuple(away[pk])) if pk in away else calendars[place]
        for pk, place in at.items()
    }


def calendar_of(person: Person) -> Calendar:
    """On which days a person works: two queries."""
    return calendars_of([person])[person.pk]
