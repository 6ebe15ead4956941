"""Reads of what waits for a receipt, and of who was told. No figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.coverage.rules import reminders as rules
from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person
from people.org.models import Region
from people.org.queries import is_here

State = PacketVersion.State
LINES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ToRemind:
    """What the board says of reminders: how many wait, and the last time that somebody asked."""

    unopened: int
    unsigned: int
    regions: list[Region]
    last_at: datetime | None
    last_count: int


def plan_of(kickoff: Kickoff) -> ReminderPlan:
    """The plan of a kickoff; unsaved, with the defaults, while nobody has changed it."""
    return ReminderPlan.objects.filter(kickoff=kickoff).first() or ReminderPlan(kickoff=kickoff)


def waiting(kickoff: Kickoff, at: datetime) -> QuerySet[PacketVersion]:
    """Released versions without a receipt, of reps who are on the roster and still here."""
    reps = Attendee.objects.filter(kickoff=kickoff).receiving_packets(at)
    return (
        PacketVersion.objects.of(kickoff)
        .filter(state__in=[State.RELEASED, State.VIEWED], packet__rep__in=reps.values("person"))
        .defer("sealed")
        .select_related("packet__rep__manager", "packet__rep__region")
        .order_by("pk")
    )


def to_remind(kickoff: Kickoff, at: datetime) -> ToRemind:
    """Four queries at most, for any number of reps."""
    versions = waiting(kickoff, at)
    counts = dict(versions.order_by().values_list("state").annotate(n=Count("pk")))
    last = (
        Reminder.objects.filter(version__packet__kickoff=kickoff, stage=Reminder.Stage.BY_HAND)
        .order_by()
        .values("at")
        .annotate(count=Count("pk"), last=Max("at"))
        .order_by("-at")
        .first()
    )
    regions = Region.objects.filter(pk__in=versions.order_by().values("packet__rep__region"))
    return ToRemind(
        unopened=counts.get(State.RELEASED, 0),
        unsigned=sum(counts.values()),
        regions=list(regions.order_by("name")),
        last_at=last["last"] if last else None,
        last_count=last["count"] if last else 0,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent on one day for one reason; of how many reps it told. `by` is "" by itself."""

    local_date: date
    stage: str
    by: str
    count: int


def sent_so_far(kickoff: Kickoff) -> list[Sent]:
    """What was sent of a kickoff, the latest day first, at most `LINES_SHOWN` lines. One query."""
    rows = (
        Reminder.objects.filter(version__packet__kickoff=kickoff)
        .order_by()
        .values_list("local_date", "stage", "by__full_name")
        .annotate(count=Count("pk"))
        .order_by("-local_date", "stage", "by__full_name")
    )
    return [Sent(day, stage, by or "", count) for day, stage, by, count in rows[:LINES_SHOWN]]


def done_stages(version_ids: Collection[int]) -> dict[int, set[rules.Stage]]:
    """Which stages of the plan were done for some versions. One query."""
    found: dict[int, set[rules.Stage]] = {}
    rows = Reminder.objects.filter(version__in=version_ids).exclude(stage=Reminder.Stage.BY_HAND)
    for version_id, stage in rows.values_list("version_id", "stage"):
        found.setdefault(version_id, set()).add(rules.Stage(stage))
    return found


def managers_of(people: Collection[Person], at: datetime) -> dict[int, list[Person]]:
    """
    The people above some people who are still here, the nearest first, two at most: who hears of them.

    One query for each level of the tree that is climbed.
    """
    known: dict[int, Person] = {}
    wanted = {person.manager_id for person in people if person.manager_id}
    while wanted - set(known):
        found = Person.objects.in_bulk(list(wanted - set(known)))
        if not found:
            break
        known |= found
        wanted |= {one.manager_id for one in found.values() if one.manager_id}
    return {person.pk: _nearest(person, known, at) for person in people}


def _nearest(person: Person, known: dict[int, Person], at: datetime) -> list[Person]:
    chain: list[Person] = []
    seen: set[int] = {person.pk}
    manager_id = person.manager_id
    while manager_id in known and manager_id not in seen and len(chain) < 2:
        seen.add(manager_id)
        manager = known[manager_id]
        if is_here(manager, at):
            chain.append(manager)
        manager_id = manager.manager_id
    return chain
