"""What planners see of all rooms at once: who leads each, which deal is on, how many are done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.clinics import rules
from agenda.clinics.models import Act, Turn
from agenda.groups.models import Group, Grouping, Place, RoundSession
from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from events.strategies.queries import handed_in
from events.strategies.rules import MOST_DEALS
from people.accounts.models import Person

PARTS = ("on", "ahead", "over")


@dataclass(slots=True)
class Line:
    """One group: `now` is the deal whose clock runs, or whose it is; `part` when its session is."""

    pk: int
    round_number: int
    number: int
    table: str
    session: Session | None
    part: str = ""
    now: str = ""
    done: int = 0
    deals: int = 0
    leader_id: int | None = None
    led_by: str = ""

    @property
    def title(self) -> str:
        return _("Group %(number)d, round %(round)d") % {
            "number": self.number,
            "round": self.round_number,
        }

    @property
    def where(self) -> str:
        room = self.session.room.name if self.session and self.session.room else ""
        return ", ".join(part for part in (room, self.table) if part)

    def part_at(self, at: datetime) -> str:
        """`on`, which it is while a clock runs too, `ahead` or `over`."""
        starts_at = self.session.starts_at if self.session else None
        ends_at = self.session.ends_at if self.session else None
        if self.now:
            return "on"
        if starts_at is None or ends_at is None or at < starts_at:
            return "ahead"
        return "on" if at < ends_at else "over"


def lines_of(kickoff: Kickoff, at: datetime) -> list[Line]:
    """
    Every released group of a kickoff's clinics: those that are on, those to come, then those that
    are over, each by round and number. Three queries.
    """
    held: dict[int, list[Session]] = defaultdict(list)
    of_clinics = {"grouping__kickoff": kickoff, "grouping__kind": Grouping.Kind.CLINIC}
    links = RoundSession.objects.filter(**{f"round__{key}": one for key, one in of_clinics.items()})
    for link in links.select_related("session__room").order_by("session__starts_at", "session"):
        held[link.round_id].append(link.session)
    groups = Group.objects.filter(
        pk__in=Place.objects.released().values("released_group"),
        **{f"round__{key}": one for key, one in of_clinics.items()},
    )
    found = {}
    for pk, round_id, round_number, number, table, session_id in groups.values_list(
        "pk", "round_id", "round__number", "number", "where", "session_id"
    ):
        sessions = held[round_id]
        own = (one for one in sessions if one.pk == session_id)
        session = next(own, sessions[0] if sessions else None)
        found[pk] = Line(pk, round_number, number, table, session)
    turns = Turn.objects.filter(group__in=groups.values("pk")).order_by("began_at", "pk")
    for group_id, name, whose, began_at, ended_at, verdict in turns.values_list(
        "group", "name", "person__full_name", "began_at", "ended_at", "verdict"
    ):
        if line := found.get(group_id):
            line.done += bool(ended_at or verdict)
            if began_at and not ended_at:
                line.now = name or whose
    for line in found.values():
        line.part = line.part_at(at)
    return sorted(
        found.values(), key=lambda one: (PARTS.index(one.part), one.round_number, one.number)
    )


def fill(lines: Sequence[Line], kickoff: Kickoff) -> None:
    """Say of some groups who leads them, and how many deals they have. Four queries."""
    found = {one.pk: one for one in lines}
    places = Place.objects.filter(released_group__in=found)
    seated = list(places.values_list("released_group", "person", "released_leads"))
    brought = handed_in(kickoff, {person_id for _group, person_id, leads in seated if not leads})
    for group_id, person_id, leads in seated:
        if leads:
            found[group_id].leader_id = person_id
        else:
            found[group_id].deals += min(len(brought.get(person_id, ())) or 1, MOST_DEALS)
    # Whoever took it over last, else its facilitator
    took = Act.objects.filter(group__in=found, kind=rules.Kind.LEAD).order_by("acted_at", "key")
    for group_id, person_id in took.values_list("group", "by"):
        found[group_id].leader_id = person_id
    leaders = {line.leader_id for line in lines}
    names = dict(Person.objects.filter(pk__in=leaders - {None}).values_list("pk", "full_name"))
    for line in lines:
        line.led_by = names.get(line.leader_id or 0, "")
