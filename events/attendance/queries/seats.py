"""Who has a place, who waits for one, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from events.attendance.models import HAS_SEAT, WAITING, Attendee, AttendeeQuerySet, Places
from events.attendance.rules.seats import Limit
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here


def places(kickoff: Kickoff) -> list[Places]:
    """The places of a kickoff, those of everybody first; none where all who want may come."""
    rows = Places.objects.filter(kickoff=kickoff).select_related("region")
    return sorted(rows, key=lambda one: (bool(one.kind or one.region_id), one.region_id or 0))


def limits(rows: Sequence[Places], at: datetime) -> list[Limit]:
    """The parts that have a limit, and how many places of each are taken. A query for each."""
    found = []
    for row in rows:
        if row.limit is None:
            continue
        people = Attendee.objects.filter(kickoff=row.kickoff_id).still_here(at).filter(HAS_SEAT)
        if row.kind:
            people = people.filter(kind=row.kind)
        if row.region_id:
            people = people.filter(person__region=row.region_id)
        found.append(Limit(row.kind, row.region_id, row.limit, people.count()))
    return found


def waiting_list(kickoff: Kickoff, rows: Sequence[Places], at: datetime) -> AttendeeQuerySet:
    """
    Who waits for a place, whoever is asked first on top: by the order of roles, then of regions, then
    by when they said that they come. Whose offer has lapsed stands last, and is asked by hand alone.
    """
    ranks = {row.kind: row.rank for row in rows}
    # Never empty: PostgreSQL would read a bare number as a column to order by
    kinds = [When(kind=kind, then=Value(ranks.get(kind, 99))) for kind in Attendee.Kind.values]
    regions = [
        When(person__region=row.region_id, then=Value(row.rank)) for row in rows if row.region_id
    ] + [When(person__region=None, then=Value(99))]
    people: Any = Attendee.objects.filter(kickoff=kickoff).still_here(at).filter(WAITING)
    found: AttendeeQuerySet = people.annotate(
        lapsed=Case(When(passed_at=None, then=Value(0)), default=Value(1)),
        by_kind=Case(*kinds, default=Value(99), output_field=IntegerField()),
        by_region=Case(*regions, default=Value(99), output_field=IntegerField()),
    ).order_by("lapsed", "by_kind", "by_region", "answered_at", "pk")
    return found.select_related("person__region", "person__team", "kickoff")


def place_in_line(attendee: Attendee, at: datetime) -> int:
    """Which place somebody has on the waiting list, 1 being the next; 0 where they are not on it."""
    if attendee.rsvp != Attendee.Rsvp.WAITING:
        return 0
    order = waiting_list(attendee.kickoff, places(attendee.kickoff), at)
    ids = list(order.values_list("pk", flat=True))
    return ids.index(attendee.pk) + 1 if attendee.pk in ids else 0


def colleagues(attendee: Attendee, at: datetime) -> QuerySet[Person]:
    """Whom somebody may name in their stead: of their team, still here, on this roster not yet."""
    there = Attendee.objects.filter(kickoff=attendee.kickoff_id).values("person")
    people: QuerySet[Person] = Person.objects.filter(here(at), team=attendee.person.team_id)
    found = people.exclude(pk__in=there).order_by("full_name", "pk")
    return found if attendee.person.team_id else found.none()
