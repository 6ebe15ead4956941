"""Sessions of the draft: created, changed, moved, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agenda.rooms.models import Room
from agenda.sessions.models import Part, Session, SessionPerson
from agenda.sessions.queries.draft import Said, draft_of
from agenda.sessions.rules import LENGTH_LIMITS
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework.actions import follow_session
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.models import Region

FARTHEST_DAYS = 366  # from the first day of the kickoff


class SessionRefused(Exception):
    """The agenda stays as it was. The message is fit to show to the planner."""


class StaleSession(SessionRefused):
    """Somebody else changed the session since it was read: HTTP 409."""


class SessionConflicts(SessionRefused):
    """
    The change would cause conflicts that were not there before.

    `conflicts` are in words. Unless one of them `blocks`, the change goes through when
    it is `accepted`.
    """

    def __init__(self, conflicts: Sequence[Said]) -> None:
        super().__init__(" ".join(said.text for said in conflicts))
        self.conflicts = conflicts

    @property
    def blocks(self) -> bool:
        return any(said.blocks for said in self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFields:
    """
    What a planner says of a session. `starts_at` is aware, `duration_minutes` 5 to 720;
    room and time come together or not at all. An empty segment is everybody, no capacity
    is a place for each of them.
    """

    title: str
    type: str
    duration_minutes: int
    pillar: str = ""
    outcome: str = ""
    description: str = ""
    owner: Person | None = None
    room: Room | None = None
    starts_at: datetime | None = None
    capacity: int | None = None
    segment_kind: str = ""
    segment_function: str = ""
    segment_region: Region | None = None
    bets: Sequence[BigBet] = ()
    speakers: Sequence[Person] = ()
    facilitators: Sequence[Person] = ()
    named: Sequence[str] = ()  # who speak without an account


_COLUMNS = [
    "title",
    "type",
    "duration_minutes",
    "pillar",
    "outcome",
    "description",
    "owner",
    "room",
    "starts_at",
    "capacity",
    "segment_kind",
    "segment_function",
    "segment_region",
    "named",
]


@transaction.atomic
def create_session(
    *,
    kickoff: Kickoff,
    fields: SessionFields,
    by: Person,
    at: datetime,
    accepted: bool = False,
) -> Session:
    """
    Add a session to the draft; `accepted` says that warnings were seen.

    :raises SessionConflicts: it would block a release; or it is less than good, and not accepted
    :raises SessionRefused: room without time, something of another kickoff, or a length, a number
        of places or a moment out of all measure
    """
    _refuse_impossible(kickoff, fields)
    session = Session.objects.create(kickoff=kickoff, **_columns(fields))
    _write_people_and_bets(session, fields)
    _refuse_new_conflicts(session, set(), accepted=accepted)
    record_entry(by=by, verb="session.created", at=at, object=session, note=session.title)
    return session


@transaction.atomic
def update_session(
    *,
    session: Session,
    fields: SessionFields,
    version: int,
    by: Person,
    at: datetime,
    accepted: bool = False,
) -> Session:
    """
    Change a session of the draft, if it is still the `version` that the planner read.

    Conflicts that were there before do not refuse a change; only new ones do.

    :raises StaleSession: somebody else changed it since
    :raises SessionConflicts: as for `create_session`
    :raises SessionRefused: as for `create_session`
    """
    _refuse_impossible(session.kickoff, fields)
    before = {conflict.key for conflict in draft_of(session.kickoff).conflicts}
    _write(session.pk, version, **_columns(fields))
    session.refresh_from_db()
    _write_people_and_bets(session, fields)
    _refuse_new_conflicts(session, before, accepted=accepted)
    follow_session(session.kickoff, session.pk, at)
    record_entry(by=by, verb="session.changed", at=at, object=session, note=session.title)
    return session


@transaction.atomic
def move_session(
    *,
    session: Session,
    room: Room | None,
    starts_at: datetime | None,
    version: int,
    by: Person,
    at: datetime,
) -> Session:
    """
    Put a session into a room at a time, or with neither back into the tray.

    Conflicts do not refuse a move: the grid shows them, and a release refuses what blocks.
    The session comes back with its new version.

    :raises StaleSession: somebody else changed it since `version`
    :raises SessionRefused: room without time, a room of another kickoff, or a moment far from it
    """
    if (room is None) != (starts_at is None):
        raise SessionRefused(_("A session needs both a room and a time, or neither."))
    if room is not None and room.kickoff_id != session.kickoff_id:
        raise SessionRefused(_("That room belongs to another kickoff."))
    _refuse_far_away(session.kickoff, starts_at)
    _write(session.pk, version, room=room, starts_at=starts_at)
    session.room, session.starts_at, session.version = room, starts_at, version + 1
    note = f"{room} {starts_at:%Y-%m-%dT%H:%MZ}" if starts_at else ""
    record_entry(by=by, verb="session.moved", at=at, object=session, note=note)
    return session


@transaction.atomic
def delete_session(*, session: Session, version: int, by: Person, at: datetime) -> None:
    """
    Delete a session of the draft. What was released keeps it until the next release.

    :raises StaleSession: somebody else changed it since `version`
    """
    _write(session.pk, version)
    record_entry(by=by, verb="session.deleted", at=at, object=session, note=session.title)
    kickoff, session_id = session.kickoff, session.pk
    session.delete()
    follow_session(kickoff, session_id, at)


def _write(session_id: int, version: int, **columns: object) -> None:
    """One conditional UPDATE: of two planners who read the same version, one writes."""
    row = Session.objects.filter(pk=session_id, version=version)
    if not row.update(version=F("version") + 1, **columns):
        raise StaleSession(
            _("Somebody else changed this session while you were looking at it. Load it again.")
        )


def _columns(fields: SessionFields) -> dict[str, object]:
    return {name: getattr(fields, name) for name in _COLUMNS}


def _refuse_impossible(kickoff: Kickoff, fields: SessionFields) -> None:
    shortest, longest = LENGTH_LIMITS
    if not shortest <= fields.duration_minutes <= longest:
        raise SessionRefused(
            _("A session lasts %(shortest)s to %(longest)s minutes.")
            % {"shortest": shortest, "longest": longest}
        )
    if fields.capacity is not None and fields.capacity < 1:
        raise SessionRefused(_("A session has at least one place, or no limit."))
    _refuse_far_away(kickoff, fields.starts_at)
    if (fields.room is None) != (fields.starts_at is None):
        raise SessionRefused(_("A session needs both a room and a time, or neither."))
    if fields.room is not None and fields.room.kickoff_id != kickoff.pk:
        raise SessionRefused(_("That room belongs to another kickoff."))
    if any(bet.kickoff_id != kickoff.pk for bet in fields.bets):
        raise SessionRefused(_("That bet belongs to another kickoff."))


def is_far_away(kickoff: Kickoff, starts_at: datetime | None) -> bool:
    """Whether a moment is more than `FARTHEST_DAYS` from the first day of a kickoff."""
    far = timedelta(days=FARTHEST_DAYS)
    return starts_at is not None and abs(starts_at.date() - kickoff.starts_date) > far


def _refuse_far_away(kickoff: Kickoff, starts_at: datetime | None) -> None:
    """Days near the kickoff are for conflicts to name; others no calendar can reckon with."""
    if is_far_away(kickoff, starts_at):
        raise SessionRefused(_("That is more than a year from the kickoff."))


def _write_people_and_bets(session: Session, fields: SessionFields) -> None:
    wanted = [
        *((person, Part.SPEAKER) for person in fields.speakers),
        *((person, Part.FACILITATOR) for person in fields.facilitators),
    ]
    there = {(one.person_id, one.part): one.pk for one in session.people.all()}
    keys = [(person.pk, part.value) for person, part in wanted]
    gone = [pk for key, pk in there.items() if key not in keys]
    if gone:
        SessionPerson.objects.filter(pk__in=gone).delete()
    SessionPerson.objects.bulk_create(
        SessionPerson(session=session, person_id=person, part=part)
        for person, part in dict.fromkeys(keys)
        if (person, part) not in there
    )
    session.bets.set(fields.bets)


def _refuse_new_conflicts(session: Session, before: AbstractSet[object], *, accepted: bool) -> None:
    draft = draft_of(session.kickoff)
    caused = [
        draft.say(conflict, mending=True, moving=session.pk)
        for conflict in draft.by_session.get(session.pk, [])
        if conflict.key not in before
    ]
    if caused and (not accepted or any(said.blocks for said in caused)):
        raise SessionConflicts(caused)
