"""Who sits with whom, as it was released: for the room, for each person, and for the agenda."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from agenda.groups.models import Group, Grouping, Place, RoundSession
from agenda.sessions.models import Session
from core.minute import for_a_minute
from events.kickoff.models import Kickoff
from people.accounts.models import Person


@dataclass(slots=True)
class Seated:
    """
    A group as people know it. `sessions` are those of its round, or the one whose room it sits in;
    `starts_at` and `minutes` are theirs, None and 0 where none has a time. A group that leaves
    nobody to lead it has no `leader`; one that was emptied is not here.
    """

    group: Group
    sessions: list[Session]
    leader: Person | None = None
    members: list[Person] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.group.number

    @property
    def round_number(self) -> int:
        return self.group.round.number

    @property
    def grouping(self) -> Grouping:
        return self.group.round.grouping

    @property
    def session(self) -> Session | None:
        """The session in whose room it sits, or the first of its round."""
        return self.sessions[0] if self.sessions else None

    @property
    def where(self) -> str:
        """Room and table."""
        room = self.session.room.name if self.session and self.session.room else ""
        return ", ".join(part for part in (room, self.group.where) if part)

    @property
    def starts_at(self) -> datetime | None:
        return self.session.starts_at if self.session else None

    @property
    def minutes(self) -> int:
        return self.session.duration_minutes if self.session else 0

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)

    @property
    def people(self) -> list[Person]:
        """Whoever leads it, then those who sit in it."""
        return [*([self.leader] if self.leader else []), *self.members]


def seats_of(kickoff: Kickoff, person: Person) -> dict[int, str]:
    """
    Where somebody sits in each session that has groups, in words, by its id. One query where there
    are groups, and one a minute to know that.
    """
    if not _has_groups(kickoff):
        return {}
    places = Place.objects.released().filter(person=person, round__grouping__kickoff=kickoff)
    found = {}
    for session_id, own_id, number, where, leads in places.values_list(
        "round__sessions",
        "released_group__session",
        "released_group__number",
        "released_group__where",
        "released_leads",
    ):
        if session_id is None or own_id not in (None, session_id):
            continue
        words = _("you lead group %(number)d") if leads else _("your group is %(number)d")
        seat = words % {"number": number}
        # What people wrote keeps its direction to itself
        found[session_id] = f"{seat}, \u2068{where}\u2069" if where else seat
    return found


@for_a_minute
def _has_groups(kickoff: Kickoff) -> bool:
    return Grouping.objects.filter(kickoff=kickoff, number__gt=0).exists()


def groups_of(
    kickoff: Kickoff,
    *,
    person: Person | None = None,
    session_id: int | None = None,
    group_id: int | None = None,
    kind: str = "",
) -> list[Seated]:
    """
    The released groups of a kickoff, in order of rounds and numbers: of a person (whether they lead
    or sit in it), of a session, of a kind, or the one of that key. Three queries; one where
    there are none.
    """
    wanted = Q(released_places__isnull=False, round__grouping__kickoff=kickoff)
    if person is not None:
        wanted &= Q(released_places__person=person)
    if session_id is not None:
        wanted &= Q(session=session_id) | Q(session=None, round__sessions=session_id)
    if group_id is not None:
        wanted &= Q(pk=group_id)
    if kind:
        wanted &= Q(round__grouping__kind=kind)
    groups = list(
        Group.objects.filter(wanted)
        .select_related("round__grouping", "session__room")
        .order_by("round__grouping", "round__number", "number")
        .distinct()
    )
    if not groups:
        return []
    held = defaultdict(list)
    of_rounds = RoundSession.objects.filter(round__in={one.round_id for one in groups})
    in_time = of_rounds.order_by("session__starts_at", "session__room__position", "session")
    for link in in_time.select_related("session__room"):
        held[link.round_id].append(link.session)
    found = {
        one.pk: Seated(one, [one.session] if one.session else held[one.round_id]) for one in groups
    }
    places = Place.objects.filter(released_group__in=groups).select_related(
        "person__region", "person__team"
    )
    for place in places.order_by("person__full_name", "pk"):
        seated = found[place.released_group_id or 0]
        if place.released_leads:
            seated.leader = place.person
        else:
            seated.members.append(place.person)
    return list(found.values())
