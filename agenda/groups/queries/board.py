"""What planners see of a grouping: its rounds, groups, who waits for one, and what the solver found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Prefetch

from agenda.groups.models import Group, Grouping, Place, Round, Solving
from agenda.groups.queries.crowd import (
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
from agenda.groups.rules.weighing import Connections, Grouped, Weighed, connect, weigh
from agenda.sessions.models import Session
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on a card: the region in short and in full, and the value of the deal they bring."""

    place: Place
    short: str
    region: str
    value: Decimal | None


@dataclass(slots=True)
class Card:
    """One group of the draft. `rows` are those who sit in it, with what a card says of them."""

    group: Group
    leader: Place | None = None
    members: list[Place] = field(default_factory=list)
    rows: list[Seat] = field(default_factory=list)
    led_by: Seat | None = None
    regions: str = ""  # how many of each, in short
    average: Decimal | None = None  # value of a deal, None where there is none
    where: str = ""

    @property
    def number(self) -> int:
        return self.group.number


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
        self.groups = {
            one.pk: one
            for one in Group.objects.filter(round__grouping=grouping).select_related(
                "session__room"
            )
        }
        places = Place.objects.filter(round__grouping=grouping).select_related(
            "person__region", "person__team"
        )
        self.places: dict[int, list[Place]] = defaultdict(list)
        for place in places.order_by("person__full_name", "pk"):
            self.places[place.round_id].append(place)
        self.pool = pool_of(grouping, at)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Everybody who has a place or may have one, by their keys."""
        found = {one.pk: one for one in self.pool}
        found.update(
            (place.person_id, place.person) for some in self.places.values() for place in some
        )
        return found

    @cached_property
    def deals(self) -> dict[int, Brought]:
        """The deal that each of them brings."""
        today = self.grouping.kickoff.local_date(self.at)
        return deals_of(self.grouping.kickoff, list(self.people), today)

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
        for one in self.people.values():
            if one.region is None or one.region_id in found or one.region_id is None:
                continue
            name = one.region.name
            letters = [word[0] for word in name.replace("-", " ").split()]
            tries = ["".join(letters[:2]), name[:2], *(name[0] + sign for sign in name[1:])]
            code = next(
                (one for one in map(str.upper, tries) if len(one) == 2 and one not in taken), name
            )
            found[one.region_id] = code
            taken.add(code)
        return found

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The regions by name with their two letters."""
        names = {
            one.region_id: one.region.name for one in self.people.values() if one.region is not None
        }
        return sorted((name, self.short[pk]) for pk, name in names.items() if pk is not None)

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

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """What each round costs as it is planned."""
        return weigh(self.crowd, self.all_grouped()).costs

    def cards(self, round_: Round) -> list[Card]:
        """The groups of a round that have anybody, in order."""
        cards = {one.pk: Card(one) for one in self.groups.values() if one.round_id == round_.pk}
        for place in self.places[round_.pk]:
            if place.group_id is None:
                continue
            card = cards[place.group_id]
            if place.leads:
                card.leader = place
            else:
                card.members.append(place)
        sessions = list(round_.sessions.all())
        used = [one for one in cards.values() if one.leader or one.members]
        for card in sorted(used, key=lambda one: one.number):
            self._fill(card, sessions)
        return sorted(used, key=lambda one: one.number)

    def _fill(self, card: Card, sessions: list[Session]) -> None:
        counts = Counter(place.person.region_id for place in card.members)
        card.regions = " · ".join(
            f"{self.short[pk]} {counts[pk]}" for pk in self.short if counts.get(pk)
        )
        card.members.sort(key=lambda place: -self._value(place))
        card.rows = [self._seat(place) for place in card.members]
        card.led_by = self._seat(card.leader) if card.leader else None
        worth = [value for place in card.members if (value := self._value(place))]
        card.average = sum(worth, Decimal(0)) / len(worth) if worth else None
        session = card.group.session or (sessions[0] if sessions else None)
        room = session.room.name if session and session.room else ""
        card.where = ", ".join(part for part in (room, card.group.where) if part)

    def _seat(self, place: Place) -> Seat:
        region = place.person.region
        short = self.short[region.pk] if region else ""
        return Seat(place, short, region.name if region else "", self._value(place) or None)

    def _value(self, place: Place) -> Decimal:
        brought = self.deals.get(place.person_id)
        return brought.value if brought else Decimal(0)

    def to_place(self, round_: Round) -> list[Place]:
        """Who takes part in a round and has no group."""
        return [one for one in self.places[round_.pk] if one.group_id is None and not one.is_out]

    def out(self, round_: Round) -> list[Place]:
        """Who does not take part in a round."""
        return [one for one in self.places[round_.pk] if one.is_out]

    @cached_property
    def changed(self) -> list[Place]:
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

    def connections(self) -> Connections:
        """New connections between regions, over all rounds."""
        return self._connect(
            {pk: one.region.name if one.region else "" for pk, one in self.people.items()}
        )

    def connections_by_function(self) -> Connections:
        """New connections between functions, over all rounds."""
        return self._connect(
            {pk: str(one.get_function_display()) for pk, one in self.people.items()}
        )

    def _connect(self, kinds: dict[int, str]) -> Connections:
        groups: dict[int, list[int]] = defaultdict(list)
        for some in self.places.values():
            for place in some:
                if place.group_id is not None and not place.leads:
                    groups[place.group_id].append(place.person_id)
        teams = {pk: one.team_id for pk, one in self.people.items()}
        return connect(kinds, teams, groups.values(), self.known)

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
        if "cost" in report and self.costs:
            number = self.rounds.index(round_)
            cost = self.costs[number] if number < len(self.costs) else 0
            report["above"] = 1 - report["bound"] / cost if cost > report["bound"] else 0.0
            report["is_changed"] = cost != report["cost"]
        return report


@dataclass(frozen=True, slots=True)
class Line:
    """One grouping in the list of a kickoff."""

    grouping: Grouping
    rounds: int
    seated: int
    to_place: int


def lines(kickoff_id: int) -> list[Line]:
    """The groupings of a kickoff with rounds and sessions, and how many have a place. Four queries."""
    found = list(Grouping.objects.filter(kickoff=kickoff_id).prefetch_related("rounds__sessions"))
    if not found:
        return []
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for grouping, group, is_out in Place.objects.filter(
        round__grouping__kickoff=kickoff_id
    ).values_list("round__grouping", "group", "is_out"):
        counts[grouping][0] += group is not None
        counts[grouping][1] += group is None and not is_out
    return [Line(one, len(one.rounds.all()), *counts[one.pk]) for one in found]
