from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from core.due.rules import Calendar
from people.accounts.models import Person
from people.calendar.models import ClosingDay, Leave
from people.calendar.rules import part_of_country

_FEW = 500


def calendars_of(people: Iterable[Person]) -> Mapping[int, Calendar]:
    """On which days each of some people works, in their order: two queries."""
    by_id = {person.pk: person for person in people}
    closed: dict[str, set[date]] = defaultdict(set)
    for country, day in ClosingDay.objects.values_list("country", "date"):
        closed[country].add(day)
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    # Few are away: of many people, all leave is read and what is others' not looked at
    leaves = Leave.objects.filter(person__in=by_id) if len(by_id) <= _FEW else Leave.objects.all()
    for person_id, first, last in leaves.values_list("person_id", "starts_date", "ends_date"):
        away[person_id].append((first, last))
    shut = {country: frozenset(days | closed[""]) for country, days in list(closed.items())}
    everywhere = frozenset(closed[""])
    return {
        pk: Calendar(
            country=person.country,
            subdivision=part_of_country(
                country=person.country,
                subdivision=person.subdivision,
                time_zone=person.time_zone,
            ),
            closed=shut.get(person.country, everywhere),
            away=tuple(away.get(pk, ())),
        )
        for pk, person in by_id.items()
    }


def calendar_of(person: Person) -> Calendar:
    """On which days a person works: two queries."""
    return calendars_of([person])[person.pk]
