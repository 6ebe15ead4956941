"""What holds in the room of a group: its people, its deals, and what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agenda.clinics import rules
from agenda.clinics.models import Act, Timing, Turn
from agenda.groups.models import Group, Grouping, Place
from agenda.groups.queries import Seated, groups_of
from agenda.presence.queries import were_there
from agenda.sessions.models import Session
from core.ui import figures
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.strategies.models import Strategy
from events.strategies.queries import Shown, strategies_of
from events.strategies.rules import LETTERS, Content
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of a group, and whether they are here: None while nobody knows."""

    person: Person
    is_here: bool | None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal that a group works on, with what its rep handed in, if anything. `gone` says where its rep went."""

    key: str
    person: Person
    place: int
    shown: Shown | None
    turn: rules.Turn
    gone: str = ""

    @property
    def strategy(self) -> Strategy | None:
        return self.shown.strategy if self.shown else None

    @property
    def opportunity(self) -> Opportunity | None:
        return self.strategy.deal if self.strategy else None

    @property
    def content(self) -> Content:
        return self.shown.content if self.shown else Content()

    @property
    def name(self) -> str:
        return self.strategy.name if self.strategy else ""

    @property
    def is_closed(self) -> bool:
        """Whether the CRM says that it is won or lost: a verdict is not needed then."""
        return self.opportunity is not None and not self.opportunity.is_open

    @property
    def value(self) -> str:
        """Its value in words; empty where the CRM knows none."""
        deal = self.opportunity
        return (
            "" if deal is None or deal.value is None else figures.money(deal.value, deal.currency)
        )

    @property
    def crm(self) -> str:
        """What the CRM says of it today."""
        deal = self.opportunity
        if deal is None:
            return _("not in the CRM") if self.strategy else ""
        stage = str(deal.get_stage_display())
        if deal.close_date is None:
            return stage
        words = _("%(stage)s on %(day)s") if self.is_closed else _("%(stage)s, closes %(day)s")
        return words % {"stage": stage, "day": figures.day(deal.close_date, "year")}


@dataclass(frozen=True, slots=True)
class InRoom:
    """A group in its room at a moment."""

    seated: Seated
    kickoff: Kickoff
    room: rules.Room
    seats: list[Seat]
    deals: list[Deal]
    minutes: tuple[int, ...]  # of each part, as planned
    led_by: Person | None  # whoever took it over last, else its facilitator

    @property
    def leader_id(self) -> int | None:
        return self.led_by.pk if self.led_by else None

    @property
    def now(self) -> Deal | None:
        """The deal whose clock runs."""
        return next((one for one in self.deals if one.key == self.room.now), None)

    @property
    def ahead(self) -> list[Deal]:
        """Deals that were not begun and are not left out, in order."""
        return [
            one for one in self.deals if not (one.turn.began_at or one.turn.is_skipped or one.gone)
        ]

    def is_on(self, at: datetime) -> bool:
        """Whether its session is on, or a clock runs though it should be over."""
        starts, ends = self.seated.starts_at, self.seated.ends_at
        within = starts is not None and ends is not None and starts <= at < ends
        return within or self.room.now != ""

    def is_over(self, at: datetime) -> bool:
        ends = self.seated.ends_at
        return not self.is_on(at) and ends is not None and ends <= at

    @property
    def title(self) -> str:
        return _("Group %(number)d, round %(round)d") % {
            "number": self.seated.number,
            "round": self.seated.round_number,
        }


def seated_in(group: Group) -> Seated:
    """A group with those who are in it, none where it was emptied. Three queries."""
    kickoff = group.round.grouping.kickoff
    found = groups_of(kickoff, group_id=group.pk)
    if found:
        found[0].group.round.grouping.kickoff = kickoff
        return found[0]
    sessions = Session.objects.filter(rounds=group.round_id).select_related("room")
    return Seated(group, [group.session] if group.session else list(sessions))


def minutes_of(kickoff: Kickoff) -> tuple[int, ...]:
    """How long each part of a deal lasts at a kickoff. One query."""
    kept = Timing.objects.filter(kickoff=kickoff).values_list("minutes", flat=True).first()
    return tuple(kept) if kept else rules.MINUTES


def in_room(seated: Seated, at: datetime) -> InRoom:
    """A group in its room. Five queries, six where somebody has moved."""
    kickoff = seated.grouping.kickoff
    room = rules.fold(act.plain for act in Act.objects.filter(group=seated.group))
    turns = list(Turn.objects.filter(group=seated.group).select_related("person"))
    members = {one.pk for one in seated.members}
    moved = {one.person_id for one in turns} - members
    shown = strategies_of(kickoff, members | moved, kickoff.local_date(at))
    gone = _where(seated, moved) if moved else {}
    session = seated.session
    came = were_there(kickoff).get(session.pk, frozenset()) if session else frozenset()
    seats = [
        Seat(one, room.here.get(one.pk, True if one.pk in came else None), one == seated.leader)
        for one in seated.people
    ]
    deals = _deals(seated, room, shown, turns, gone)
    led_by = _leader(seated, room, _people([room.led_by]))
    return InRoom(seated, kickoff, room, seats, deals, minutes_of(kickoff), led_by)


def rooms_of(kickoff: Kickoff, at: datetime, person: Person) -> list[InRoom]:
    """The rooms of a person at a kickoff, in order. A fixed number of queries."""
    found = groups_of(kickoff, kind=Grouping.Kind.CLINIC, person=person)
    acts: dict[int, list[rules.Act]] = defaultdict(list)
    for act in Act.objects.filter(group__in=[one.group for one in found]):
        acts[act.group_id].append(act.plain)
    ids = {one.pk for seated in found for one in seated.members}
    shown = strategies_of(kickoff, ids, kickoff.local_date(at))
    minutes = minutes_of(kickoff)
    folded = [rules.fold(acts[seated.group.pk]) for seated in found]
    took = _people([room.led_by for room in folded])
    return [
        InRoom(
            seated,
            kickoff,
            room,
            [Seat(one, room.here.get(one.pk)) for one in seated.people],
            _deals(seated, room, shown, [], {}),
            minutes,
            _leader(seated, room, took),
        )
        for seated, room in zip(found, folded, strict=True)
    ]


def _people(ids: Iterable[int | None]) -> dict[int, Person]:
    """Those who took a page over. One query, none where nobody did."""
    took = {pk for pk in ids if pk is not None}
    return Person.objects.in_bulk(took) if took else {}


def _leader(seated: Seated, room: rules.Room, took: dict[int, Person]) -> Person | None:
    return took.get(room.led_by) if room.led_by else seated.leader


def _deals(
    seated: Seated,
    room: rules.Room,
    shown: dict[int, list[Shown]],
    turns: Sequence[Turn],
    gone: dict[int, str],
) -> list[Deal]:
    """One or two deals of each member, in the order that was set; and those of others that were begun."""
    found = [
        Deal(key, person, place, one, room.turns.get(key, rules.Turn()))
        for person in seated.members
        for place, one in enumerate([*shown.get(person.pk, [])[:2]] or [None], 1)
        for key in [f"{person.pk}.{place}"]
    ]
    known = {one.key for one in found}
    for turn in turns:
        if turn.key not in known and turn.person_id in gone:
            strategies = shown.get(turn.person_id, [])
            one = strategies[turn.place - 1] if turn.place <= len(strategies) else None
            words = gone[turn.person_id]
            found.append(
                Deal(
                    turn.key,
                    turn.person,
                    turn.place,
                    one,
                    room.turns.get(turn.key, rules.Turn()),
                    words,
                )
            )
    order = {key: place for place, key in enumerate(room.order)}
    return sorted(found, key=lambda one: order.get(one.key, len(order)))


def _where(seated: Seated, moved: set[int]) -> dict[int, str]:
    """Where those are now who were in a group, in words. One query."""
    places = Place.objects.filter(round=seated.group.round_id, person__in=moved)
    numbers = dict(places.values_list("person_id", "released_group__number"))
    return {
        pk: _("now in group %(number)d") % {"number": number} if number else _("in no group now")
        for pk in moved
        for number in [numbers.get(pk)]
    }


def state_of(inside: InRoom, viewer: Person, at: datetime) -> dict[str, Any]:
    """
    All that the page of a facilitator needs, and a device keeps: names, deals as they were handed
    in, and what was done. Scores without whose they are; no figure of a packet.
    """
    seated, room = inside.seated, inside.room
    return {
        "at": at.isoformat(),
        "me": viewer.pk,
        "leader": inside.leader_id,
        "starts_at": seated.starts_at and seated.starts_at.isoformat(),
        "ends_at": seated.ends_at and seated.ends_at.isoformat(),
        "given": list(room.given) or [60 * one for one in inside.minutes],
        "parts": [str(part.name) for part in rules.PARTS],
        "letters": [
            {"key": one.key, "initial": one.initial, "name": str(one.name), "asks": str(one.asks)}
            for one in LETTERS
        ],
        "people": [_person(seat) for seat in inside.seats],
        "deals": [_deal(deal, deal.turn) for deal in inside.deals],
        "steps": [
            {
                "key": str(key),
                "turn": step.turn,
                "words": step.words,
                "owner": step.owner_id,
                "by": step.by_date.isoformat(),
            }
            for key, step in room.steps.items()
        ],
    }


def _person(seat: Seat) -> dict[str, Any]:
    one = seat.person
    team = [one.job_title, one.region.name if one.region else ""]
    return {
        "id": one.pk,
        "name": one.full_name,
        "short": one.display_name,
        "note": ", ".join(part for part in team if part),
        "is_here": seat.is_here,
        "leads": seat.leads,
    }


def _deal(deal: Deal, turn: rules.Turn) -> dict[str, Any]:
    content = deal.content
    return {
        "key": deal.key,
        "person": deal.person.pk,
        "who": deal.person.display_name,
        "name": deal.name,
        "value": deal.value,
        "crm": deal.crm,
        "is_closed": deal.is_closed,
        "gone": deal.gone,
        "has_form": deal.shown is not None,
        "warnings": deal.shown.warnings if deal.shown else [],
        "next_step": content.next_step,
        "ask": content.ask,
        "letters": {
            letter.key: {"own": known.score, "evidence": known.evidence}
            for letter, known in content.known()
        },
        "stakeholders": [
            " · ".join(part for part in (one.name, one.part, one.stance_words) if part)
            for one in content.stakeholders
        ],
        "risks": [
            " · ".join(part for part in (one.what, one.owner) if part) for one in content.risks
        ],
        "is_skipped": turn.is_skipped,
        "clock": turn.clock.kept() if turn.clock else None,
        "began_at": turn.began_at and turn.began_at.isoformat(),
        "shown_at": turn.shown_at and turn.shown_at.isoformat(),
        "verdict": turn.verdict,
        # By letter, lowest first: whose a score is cannot be read from it
        "scores": {one.letter.key: list(one.values) for one in rules.spreads(turn.scores.values())},
        "scored": sorted(turn.scores),
    }
