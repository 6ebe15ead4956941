"""What planners see of all rooms at once: who leads each, which deal is on, how many are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from agenda.clinics import rules
from agenda.clinics.models import Act, Turn
from agenda.groups.models import Group, Grouping, Place
from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from events.strategies.queries import handed_in
from events.strategies.rules import MOST_DEALS
from people.accounts.models import Person


@dataclass(slots=True)
class Line:
    """One group: `now` is the deal whose clock runs, or whose it is; `part` when its session is."""

    group: Group
    session: Session | None
    leader_id: int | None
    led_by: str = ""
    now: str = ""
    deals: int = 0
    done: int = 0

    @property
    def title(self) -> str:
        return _("Group %(number)d, round %(round)d") % {
            "number": self.group.number,
            "round": self.group.round.number,
        }

    @property
    def where(self) -> str:
        room = self.session.room.name if self.session and self.session.room else ""
        return ", ".join(part for part in (room, self.group.where) if part)

    def part(self, at: datetime) -> str:
        """`on`, which it is while a clock runs too, `ahead` or `over`."""
        starts_at = self.session.starts_at if self.session else None
        if starts_at is None or self.session is None:
            return "on" if self.now else "ahead"
        ends_at = starts_at + timedelta(minutes=self.session.duration_minutes)
        if self.now or starts_at <= at < ends_at:
            return "on"
        return "ahead" if at < starts_at else "over"


def lines_of(kickoff: Kickoff, at: datetime) -> list[tuple[str, Line]]:
    """
    Every released group of a kickoff's clinics with when it is: those that are on, those to come,
    then those that are over, each by round and number. Eight queries, one where there are none.
    """
    places = Place.objects.released().filter(
        round__grouping__kickoff=kickoff, round__grouping__kind=Grouping.Kind.CLINIC
    )
    seated = list(places.values_list("released_group", "person", "released_leads"))
    if not seated:
        return []
    rooms = Prefetch("round__sessions", Session.objects.select_related("room").order_by("pk"))
    groups = Group.objects.filter(pk__in={group_id for group_id, *_who in seated})
    found = {
        group.pk: Line(group, group.session or next(iter(group.round.sessions.all()), None), None)
        for group in groups.select_related("round", "session__room").prefetch_related(rooms)
    }
    _count(found, seated, kickoff)
    _name(found)
    order = ("on", "ahead", "over")
    return sorted(
        ((line.part(at), line) for line in found.values()),
        key=lambda one: (order.index(one[0]), one[1].group.round.number, one[1].group.number),
    )


def _count(
    found: dict[int, Line], seated: Sequence[tuple[int, int, bool]], kickoff: Kickoff
) -> None:
    """How many deals there are, which were held, and which is on."""
    brought = handed_in(kickoff, {person_id for _group, person_id, leads in seated if not leads})
    for group_id, person_id, leads in seated:
        if leads:
            found[group_id].leader_id = person_id
        else:
            found[group_id].deals += min(len(brought.get(person_id, ())) or 1, MOST_DEALS)
    turns = Turn.objects.filter(group__in=found).order_by("began_at", "pk")
    for group_id, name, whose, began_at, ended_at, verdict in turns.values_list(
        "group", "name", "person__full_name", "began_at", "ended_at", "verdict"
    ):
        line = found[group_id]
        line.done += bool(ended_at or verdict)
        if began_at and not ended_at:
            line.now = name or whose


def _name(found: dict[int, Line]) -> None:
    """Who leads each: whoever took it over last, else its facilitator."""
    took = Act.objects.filter(group__in=found, kind=rules.Kind.LEAD).order_by("acted_at", "key")
    for group_id, person_id in took.values_list("group", "by"):
        found[group_id].leader_id = person_id
    leaders = {line.leader_id for line in found.values()}
    names = dict(Person.objects.filter(pk__in=leaders - {None}).values_list("pk", "full_name"))
    for line in found.values():
        line.led_by = names.get(line.leader_id or 0, "")
