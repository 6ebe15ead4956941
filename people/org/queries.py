"""
Who is still here, and the manager tree: who is below whom, who is above.

There are two: the organisation as planned, for names and duties, and the one that RevOps has
confirmed. Packets, notes and scores are read by whoever is above in both: an old manager loses
them at once, a new one gains them once they are confirmed.

Each walk is one recursive query in a subquery, for SQLite and PostgreSQL alike. UNION, not
UNION ALL, so that a cycle that slipped in by hand ends the walk instead of the server.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

from core.among import Names
from core.keys import name_key
from core.prepared import prepared
from people.accounts.models import Person
from people.org import rules
from people.org.finding import Finder
from people.org.models import Region, Team

_BELOW = """
    WITH RECURSIVE line(id) AS (
        SELECT id FROM people_person WHERE manager_id = %s
        UNION
        SELECT person.id FROM people_person AS person JOIN line ON person.manager_id = line.id
    )
    SELECT id FROM line
"""
_ABOVE = """
    WITH RECURSIVE line(id) AS (
        SELECT manager_id FROM people_person WHERE id = %s
        UNION
        SELECT person.manager_id FROM people_person AS person JOIN line ON person.id = line.id
    )
    SELECT id FROM line WHERE id IS NOT NULL
"""
_CONFIRMED_BELOW = _BELOW.replace("manager_id", "confirmed_manager_id")
_CONFIRMED_ABOVE = _ABOVE.replace("manager_id", "confirmed_manager_id")


def _ids(walk: str, person_id: int) -> RawSQL:
    return RawSQL(walk, [person_id])  # noqa: S611  (constant text, bound parameter)


def here(at: datetime, of: str = "") -> Q:
    """
    Those who are still here at a moment: the account is open, and the last day, where one is
    known, is not over where they are. It still counts itself.

    Whom mail, duties and counts are for. Who may sign in is another question, which `active`
    answers. `of` is the way to the person: `person`, `rep__manager`.
    """
    path = f"{of}__" if of else ""
    *earlier, (latest, _zones) = rules.zones_by_date(at).items()
    there = Q(**{f"{path}leave_date": None}) | Q(**{f"{path}leave_date__gte": latest})
    for today, zones in earlier:
        there |= Q(**{f"{path}leave_date__gte": today, f"{path}time_zone__among": _written(zones)})
    return Q(**{f"{path}is_active": True}) & there


@lru_cache(maxsize=8)
def _written(zones: frozenset[str]) -> Names:
    return Names(zones)


def is_here(person: Person, at: datetime) -> bool:
    """Whether a person is still here at a moment; see `here`."""
    return person.is_active and not rules.last_day_is_over(
        leave_date=person.leave_date, time_zone=person.time_zone, at=at
    )


def line_of(person: Person) -> QuerySet[Person]:
    """Everybody below a person in the manager tree, direct reports and theirs; not the person."""
    people: QuerySet[Person] = Person.objects.filter(pk__in=_ids(_BELOW, person.pk))
    return people.exclude(pk=person.pk)


def confirmed_line_of(person: Person) -> QuerySet[Person]:
    """
    Everybody below a person whose packets, notes and scores they may read as a manager: below
    them both as planned and as RevOps has confirmed.
    """
    return line_of(person).filter(pk__in=_ids(_CONFIRMED_BELOW, person.pk))


def is_in_confirmed_line(manager: Person, person_id: int) -> bool:
    """Whether a manager may read what is of a person below them, at any depth."""
    # From the person up: a line is thousands, a chain is short
    above = Person.objects.filter(pk=manager.pk).exclude(pk=person_id)
    in_both = above.filter(pk__in=_ids(_ABOVE, person_id)).filter(
        pk__in=_ids(_CONFIRMED_ABOVE, person_id)
    )
    found: bool = in_both.exists()
    return found


def confirmed_tree() -> dict[int, int | None]:
    """Everybody's manager as RevOps has confirmed it, by id. One query."""
    return dict(Person.objects.order_by().values_list("pk", "confirmed_manager_id"))


def planned_tree() -> dict[int, int | None]:
    """Everybody's manager as planned, by id. One query."""
    return dict(Person.objects.order_by().values_list("pk", "manager_id"))


def is_in_line(manager: Person, person_id: int) -> bool:
    """Whether a person is below a manager, at any depth."""
    return line_of(manager).filter(pk=person_id).exists()


def is_at_or_above(manager: Person, person: Person) -> bool:
    """Whether whoever is put under `person` comes into the line of `manager`."""
    return manager.pk == person.pk or is_in_line(manager, person.pk)


def reports_of(person: Person, at: datetime) -> QuerySet[Person]:
    """The direct reports of a person who are still here."""
    people: QuerySet[Person] = Person.objects.filter(here(at), manager=person)
    return people


def has_reports(person: Person, at: datetime) -> bool:
    """Whether a person has direct reports who are still here: asked by each page. One query."""
    return any(is_here(report, at) for report in _accounts_under(person.pk))


@prepared
def _accounts_under(manager_id: int) -> QuerySet[Person]:
    people: QuerySet[Person] = Person.objects.filter(manager=manager_id)
    return people.only("is_active", "leave_date", "time_zone")


def managers_above(person: Person) -> QuerySet[Person]:
    """Everybody above a person in the manager tree, in no particular order; not the person."""
    people: QuerySet[Person] = Person.objects.filter(pk__in=_ids(_ABOVE, person.pk))
    return people.exclude(pk=person.pk)


def chain_above(person: Person) -> list[Person]:
    """Everybody above a person, the nearest first."""
    above = {manager.pk: manager for manager in managers_above(person)}
    chain: list[Person] = []
    manager_id = person.manager_id
    while manager_id in above:
        manager = above.pop(manager_id)
        chain.append(manager)
        manager_id = manager.manager_id
    return chain


def everybody(at: datetime) -> Finder[int]:
    """
    The number of everybody in the company, to be found by what a file calls them; of two with one
    name whoever is still here. One query.
    """
    finder: Finder[int] = Finder()
    people = Person.objects.annotate(is_here=ExpressionWrapper(here(at), BooleanField()))
    for pk, name, preferred, email, employee_id, is_here in people.values_list(
        "pk", "full_name", "preferred_name", "email", "employee_id", "is_here"
    ):
        finder.add(pk, name, preferred, email=email, employee_id=employee_id, is_here=is_here)
    return finder


class Places:
    """The regions and teams that there are, found by name."""

    def __init__(self, regions: Iterable[Region], teams: Iterable[Team]) -> None:
        self._regions: dict[str, Region] = {}
        self._teams: dict[tuple[str, int | None], Team] = {}
        for region in regions:
            self.note(region)
        for team in teams:
            self.note(team)

    def note(self, place: Region | Team) -> None:
        """Know one more of them."""
        if isinstance(place, Region):
            self._regions[name_key(place.name)] = place
        else:
            self._teams[name_key(place.name), place.region_id] = place

    def region(self, name: str) -> Region | None:
        """The region of a name."""
        return self._regions.get(name_key(name))

    def team(self, name: str, region: str) -> Team | None:
        """The team of a name in the region of a name, or in none."""
        place = self.region(region)
        if region and place is None:
            return None
        return self._teams.get((name_key(name), place.pk if place else None))

    def has_team(self, name: str) -> bool:
        """Whether there is a team of a name in any region."""
        return any(key == name_key(name) for key, _region in self._teams)


def places() -> Places:
    """Every region and team. Two queries."""
    return Places(Region.objects.all(), Team.objects.all())
