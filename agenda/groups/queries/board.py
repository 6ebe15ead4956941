"""What planners see of a grouping: its rounds, groups, who waits for one, and what the solver found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from django.db.models import Count, F, Prefetch, Q

from agenda.groups.models import Group, Grouping, Place, Round, Solving
from agenda.groups.queries.crowd import (
    OF_PERSON,
    Brought,
    deals_of,
    guests_of,
    may_lead,
    met_elsewhere,
    pool_of,
    settings_for,
)
from agenda.groups.queries.words import way_words
from agenda.groups.rules.people import Crowd, Flags
from agenda.groups.rules.solving import Found, remember
from agenda.groups.rules.weighing import Grouped, Weighed, weigh
from agenda.sessions.models import Session
from people.accounts.models import Person
from people.org.models import Region


@dataclass(slots=True)
class Placed:
    """
    A place of the draft as plain values: a page reads thousands. `number` is that of its group;
    `person` is there once somebody was named.
    """

    pk: int
    round_id: int
    person_id: int
    group_id: int | None
    number: int | None
    leads: bool
    is_pinned: bool
    is_out: bool
    released_group_id: int | None
    released_leads: bool
    person: Person = field(init=False)

    @property
    def is_named(self) -> bool:
        return hasattr(self, "person")


_OF_PLACE = (
    "pk",
    "round_id",
    "person_id",
    "group_id",
    "group__number",
    "leads",
    "is_pinned",
    "is_out",
    "released_group_id",
    "released_leads",
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on a card: the region in short and in full, and the value of the deal they bring."""

    place: Placed
    short: str
    region: str
    value: Decimal | None


@dataclass(slots=True)
class Card:
    """One group of the draft. `rows` are those who sit in it, with what a card says of them."""

    group: Group
    leader: Placed | None = None
    members: list[Placed] = field(default_factory=list)
    rows: list[Seat] = field(default_factory=list)
    led_by: Seat | None = None
    regions: str = ""  # how many of each, in short
    average: Decimal | None = None  # value of a deal, None where there is none
    where: str = ""

    @property
    def number(self) -> int:
        return self.group.number

    @property
    def places(self) -> list[Placed]:
        """Those of whoever leads it, and of whoever sits in it."""
        return [*([self.leader] if self.leader else []), *self.members]


class Board:
    """
    A grouping as it is planned, in a number of queries that does not grow with rounds or people.

    `people` are all who have a place, and those who may lead; `at` is the moment it is looked at.
    Who may lead is read only `to_solve` it.
    """

    def __init__(self, grouping: Grouping, at: datetime, *, to_solve: bool = False) -> None:
        self.grouping, self.at, self.to_solve = grouping, at, to_solve
        self.settings = settings_for(grouping)
        in_rooms = Prefetch("sessions", Session.objects.select_related("room"))
        self.rounds = list(grouping.rounds.prefetch_related(in_rooms))
        self.groups = {one.pk: one for one in Group.objects.filter(round__grouping=grouping)}
        self.places: dict[int, list[Placed]] = defaultdict(list)
        places = Place.objects.filter(round__grouping=grouping)
        for row in places.order_by("person__full_name", "pk").values_list(*_OF_PLACE):
            place = Placed(*row)
            self.places[place.round_id].append(place)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Everybody who has a place or, to solve, may have one, by their keys. One query, or two."""
        places = [one for some in self.places.values() for one in some]
        there = _people({one.person_id for one in places})
        for place in places:
            place.person = there[place.person_id]
        # Whoever is to sit has a place; who else may lead matters only to solve
        pool = pool_of(self.grouping, self.at) if self.to_solve else []
        return {one.pk: one for one in pool} | there

    def name(self, places: Iterable[Placed]) -> None:
        """Read who has some places, where not everybody was read. One query."""
        unknown = [one for one in places if not one.is_named]
        if unknown:
            there = _people({one.person_id for one in unknown})
            for place in unknown:
                place.person = there[place.person_id]

    @cached_property
    def deals(self) -> dict[int, Brought]:
        """The deal that each of them brings. Two queries."""
        return deals_of(self.grouping.kickoff, list(self.people))

    @cached_property
    def crowd(self) -> Crowd:
        """Them as the rules see them."""
        leads = may_lead(self.grouping, self.people.values()) if self.to_solve else set()
        guests = guests_of(self.grouping, self.people.values(), self.deals, leads)
        return Crowd(guests, self.settings)

    @cached_property
    def known(self) -> set[tuple[int, int]]:
        """Pairs who met elsewhere."""
        return met_elsewhere(self.grouping)

    @cached_property
    def known_flags(self) -> Flags:
        """The same, as numbers of the crowd."""
        flags: Flags = np.zeros((self.crowd.count, self.crowd.count), bool)
        index = self.crowd.index
        for one, other in self.known:
            if str(one) in index and str(other) in index:
                a, b = index[str(one)], index[str(other)]
                flags[a, b] = flags[b, a] = True
        return flags

    @cached_property
    def short(self) -> dict[int, str]:
        """Two letters for each region, as cards write it."""
        found: dict[int, str] = {}
        taken: set[str] = set()
        for region_id, name in self._regions.items():
            letters = [word[0] for word in name.replace("-", " ").split()]
            tries = ["".join(letters[:2]), name[:2], *(name[0] + sign for sign in name[1:])]
            code = next(
                (one for one in map(str.upper, tries) if len(one) == 2 and one not in taken), name
            )
            found[region_id] = code
            taken.add(code)
        return found

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The regions by name with their two letters."""
        return sorted((name, self.short[pk]) for pk, name in self._regions.items())

    @property
    def _regions(self) -> dict[int, str]:
        """The regions of those who were read, by their keys, in order of names."""
        found = {
            place.person.region.pk: place.person.region.name
            for some in self.places.values()
            for place in some
            if place.is_named and place.person.region
        }
        return dict(sorted(found.items(), key=lambda one: one[1]))

    def number_of(self, person_id: int) -> int:
        """Somebody's number in the crowd."""
        return self.crowd.index[str(person_id)]

    def grouped(self, round_: Round) -> tuple[list[int], list[list[int]], list[Group]]:
        """Who leads and sits in the groups of a round that have anybody, as numbers; and those groups."""
        groups = sorted(
            (one for one in self.groups.values() if one.round_id == round_.pk),
            key=lambda one: one.number,
        )
        leaders: dict[int, int] = {}
        members: dict[int, list[int]] = defaultdict(list)
        for place in self.places[round_.pk]:
            if place.group_id is None:
                continue
            if place.leads:
                leaders[place.group_id] = self.number_of(place.person_id)
            else:
                members[place.group_id].append(self.number_of(place.person_id))
        used = [one for one in groups if one.pk in members or one.pk in leaders]
        return (
            [leaders.get(one.pk, -1) for one in used],
            [members[one.pk] for one in used],
            used,
        )

    def none_met(self) -> Flags:
        """Nobody who has met anybody, yet."""
        flags: Flags = np.zeros((self.crowd.count, self.crowd.count), bool)
        return flags

    def remember(
        self, leaders: Sequence[int], members: Sequence[Sequence[int]], met: Flags
    ) -> None:
        """Add those who meet in a round to those who have met."""
        found = Found(tuple(leaders), tuple(map(tuple, members)), 0, 0)
        remember(found, met, np.zeros(self.crowd.count, np.int64))

    def all_grouped(self) -> list[Grouped]:
        """The same of each round."""
        return [self.grouped(round_)[:2] for round_ in self.rounds]

    @cached_property
    def weighed(self) -> Weighed:
        """What the draft is worth, with those who met elsewhere as known."""
        return weigh(self.crowd, self.all_grouped(), self.known_flags)

    def seated(self, round_: Round) -> list[Card]:
        """The groups of a round that have anybody, in order, with who is in each and no more."""
        cards = {one.pk: Card(one) for one in self.groups.values() if one.round_id == round_.pk}
        for place in self.places[round_.pk]:
            if place.group_id is None:
                continue
            card = cards[place.group_id]
            if place.leads:
                card.leader = place
            else:
                card.members.append(place)
        used = [one for one in cards.values() if one.leader or one.members]
        return sorted(used, key=lambda one: one.number)

    def sizes(self, round_: Round) -> list[int]:
        """How many sit in each group of a round, beside who leads it."""
        sitting = (one.group_id for one in self.places[round_.pk] if not one.leads)
        return list(Counter(pk for pk in sitting if pk is not None).values())

    def cards(
        self, round_: Round, shown: Sequence[Card] | None = None, also: Sequence[Placed] = ()
    ) -> list[Card]:
        """
        All that a page says of groups of a round: of some that are seated, else of every one. Names
        whoever is in them, waits, is out, or is named `also`.
        """
        sessions = list(round_.sessions.all())
        cards = list(self.seated(round_) if shown is None else shown)
        places = [one for card in cards for one in card.places]
        self.name([*places, *self.to_place(round_), *self.out(round_), *also])
        if "deals" not in self.__dict__:  # of all of them
            deals = deals_of(self.grouping.kickoff, [one.person_id for one in places])
        else:
            deals = self.deals
        values = {pk: one.value for pk, one in deals.items()}
        for card in cards:
            self._fill(card, sessions, values)
        return cards

    def _fill(self, card: Card, sessions: list[Session], values: dict[int, Decimal]) -> None:
        counts = Counter(place.person.region_id for place in card.members)
        card.regions = " · ".join(
            f"{self.short[pk]} {counts[pk]}" for pk in self.short if counts.get(pk)
        )
        card.members.sort(key=lambda place: -values.get(place.person_id, Decimal(0)))
        card.rows = [self._seat(one, values.get(one.person_id)) for one in card.members]
        card.led_by = self._seat(card.leader, None) if card.leader else None
        worth = [seat.value for seat in card.rows if seat.value]
        card.average = sum(worth, Decimal(0)) / len(worth) if worth else None
        own = (one for one in sessions if one.pk == card.group.session_id)
        session = next(own, sessions[0] if sessions else None)
        room = session.room.name if session and session.room else ""
        card.where = ", ".join(part for part in (room, card.group.where) if part)

    def _seat(self, place: Placed, value: Decimal | None) -> Seat:
        region = place.person.region
        short = self.short[region.pk] if region else ""
        return Seat(place, short, region.name if region else "", value or None)

    def to_place(self, round_: Round) -> list[Placed]:
        """Who takes part in a round and has no group."""
        return [one for one in self.places[round_.pk] if one.group_id is None and not one.is_out]

    def out(self, round_: Round) -> list[Placed]:
        """Who does not take part in a round."""
        return [one for one in self.places[round_.pk] if one.is_out]

    @cached_property
    def changed(self) -> list[Placed]:
        """Those whose group is another than the one they were told."""
        return [
            place
            for some in self.places.values()
            for place in some
            if (place.group_id, place.leads) != (place.released_group_id, place.released_leads)
        ]

    def minutes(self, round_: Round) -> int:
        """How long a round is: as its sessions are."""
        return min((one.duration_minutes for one in round_.sessions.all()), default=0)

    def when(self, round_: Round) -> tuple[datetime, datetime] | None:
        """When a round is, None while no session of it has a time."""
        for one in round_.sessions.all():
            if one.starts_at is not None:
                return one.starts_at, one.starts_at + timedelta(minutes=one.duration_minutes)
        return None

    @cached_property
    def solving(self) -> Solving | None:
        """The last search for groups."""
        return Solving.objects.filter(grouping=self.grouping).select_related("by").first()

    def report(self, round_: Round) -> dict[str, Any]:
        """What the solver said of a round, if its groups are still as it left them."""
        report: dict[str, Any] = dict(round_.report)
        report["collisions"] = [
            one | {"shown": [(way, way_words(*way)) for way in one["ways"]]}
            for one in report.get("collisions", [])
        ]
        places = self.places[round_.pk]
        report["is_changed"] = report.get("seats") != mark_of(
            (one.person_id, one.group_id, one.leads) for one in places
        )
        return report


def mark_of(seats: Iterable[tuple[int, int | None, bool]]) -> str:
    """A mark of who sits in which group of a round and who leads it: another once somebody moved."""
    whole = sorted(one for one in seats if one[1] is not None)
    return sha256(repr(whole).encode()).hexdigest()[:16]


def _people(ids: Collection[int]) -> dict[int, Person]:
    """Some people by their keys, every region once. One query."""
    regions: dict[int | None, Region] = {}
    found = {}
    named = Person.objects.filter(pk__in=ids).only(*OF_PERSON)
    for one in named.annotate(region_name=F("region__name")):
        if one.region_id is not None:
            one.region = regions.setdefault(
                one.region_id, Region(pk=one.region_id, name=one.region_name)
            )
        found[one.pk] = one
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One grouping in the list of a kickoff."""

    grouping: Grouping
    rounds: int
    seated: int
    to_place: int


def lines(kickoff_id: int) -> list[Line]:
    """The groupings of a kickoff, and how many have a place. One query."""
    waits = Q(rounds__places__group=None, rounds__places__is_out=False)
    found = Grouping.objects.filter(kickoff=kickoff_id).annotate(
        round_count=Count("rounds", distinct=True),
        seated=Count("rounds__places__group"),
        to_place=Count("rounds__places", filter=waits),
    )
    return [Line(one, one.round_count, one.seated, one.to_place) for one in found.defer("before")]
