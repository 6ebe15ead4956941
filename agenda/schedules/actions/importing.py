"""A programme from a file, taken over into the draft agenda: all of it, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.rooms.models import Room
from agenda.schedules.actions.reading import LONGEST_KEY
from agenda.schedules.queries import sessions_by_key, speakers_of
from agenda.sessions.actions import is_far_away
from agenda.sessions.models import Part, Session, SessionPerson, SessionType
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.rules import Kind, agenda_day, moment_of
from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from events.kickoff.models import Kickoff
from events.prework.actions import follow_session
from people.accounts.models import Person
from people.activity.actions import record_entry

_BATCH = 200
_COLUMNS = (
    "title",
    "type",
    "duration_minutes",
    "room",
    "starts_at",
    "outcome",
    "description",
    "named",
)
_TYPES = {
    name_key(word): value for value, label in SessionType.choices for word in (value, str(label))
}


@dataclass
class Report:
    """What an import did, or would do. `strange` are types of the file that are not ours."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rooms: Sequence[str] = ()
    strange: Counter[str] = field(default_factory=Counter)
    named: int = 0  # who speak without an account
    days: int = 0  # by which the whole programme was moved
    conflicts: Counter[Kind] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        """What whoever imports should know, in sentences."""
        if self.strange:
            said = ngettext(
                "%(count)d session is a workshop now: its type is not one of ours (%(types)s).",
                "%(count)d sessions are workshops now: their types are not ours (%(types)s).",
                self.strange.total(),
            )
            types = ", ".join(word or "–" for word, _count in self.strange.most_common(8))
            yield said % {"count": self.strange.total(), "types": types}
        if self.named:
            said = ngettext(
                "%(count)d speaker has no account here and stands as a name.",
                "%(count)d speakers have no account here and stand as names.",
                self.named,
            )
            yield said % {"count": self.named}
        if self.days:
            said = _("Everything moves by %(days)d days, to begin with the kickoff.")
            yield said % {"days": self.days}
        yield _("Sessions that the file does not name stay as they are.")


class _TakenBack(Exception):
    """A dry run has seen what it would do."""


def import_programme(
    *,
    kickoff: Kickoff,
    parsed: Parsed,
    seats: int,
    from_first_day: bool,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> Report:
    """
    Put every session of a file into the draft, or none. A session is known by its id in the file,
    or by its title where the file has no ids; the same file again changes nothing, and a session
    that the file does not have stays. Rooms that are new have `seats`. Speakers are people of this
    kickoff by address or by name; others stand as names. With `from_first_day` the whole programme
    moves by days, so that it begins with the kickoff. A dry run is made and taken back (ADR 30).

    :raises FileRefused: errors in rows, each with row and column
    """
    report = Report(len(parsed.rows))
    try:
        with transaction.atomic():
            _take_over(kickoff, parsed, seats, from_first_day, report, by, at)
            report.conflicts = Counter(one.kind for one in draft_of(kickoff).conflicts)
            if dry_run:
                raise _TakenBack
    except _TakenBack:
        return report
    return report


def _take_over(
    kickoff: Kickoff,
    parsed: Parsed,
    seats: int,
    from_first_day: bool,
    report: Report,
    by: Person | None,
    at: datetime,
) -> None:
    moments = {row.number: _moment(kickoff, parsed, row) for row in parsed.rows}
    if from_first_day:
        report.days = _days_to_move(kickoff, moments.values())
        moments = {row: _moved(kickoff, one, report.days) for row, one in moments.items()}
    _refuse_far_away(kickoff, parsed, moments)
    parsed.refuse_problems()
    rooms = _rooms(kickoff, parsed, seats, report)
    known, speakers = sessions_by_key(kickoff), speakers_of(kickoff, at)
    beside = _beside_others(parsed, moments)
    new: list[Session] = []
    changed: list[Session] = []
    coming: dict[int, list[Person]] = {}  # who speaks, by the number of the row
    written: dict[int, Session] = {}
    for row in parsed.rows:
        session = known.get(_key(row)) or Session(kickoff=kickoff, source_id=_key(row))
        before = [getattr(session, name) for name in _COLUMNS]
        leading = list(session.people.all()) if session.pk else []
        people, named = speakers.told_apart(
            row.get("speakers", ()), [one.person for one in leading]
        )
        _say(session, row, parsed, rooms, moments[row.number], named, report)
        # A programme does not say who facilitates: they stay that
        helping = {one.person_id for one in leading if one.part == Part.FACILITATOR}
        speaking = {one.person_id for one in leading if one.part == Part.SPEAKER}
        people = [one for one in people if one.pk not in helping]
        if session.pk is None:
            # Whoever is in one of several rooms is in no other: each has the places of its room
            if session.room and row.number in beside:
                session.capacity = session.room.capacity
            new.append(session)
        elif before != [getattr(session, name) for name in _COLUMNS] or (
            parsed.has("speakers") and {one.pk for one in people} != speaking
        ):
            session.version += 1
            changed.append(session)
        else:
            report.unchanged += 1
            continue
        written[row.number], coming[row.number] = session, people
    Session.objects.bulk_create(new, batch_size=_BATCH)
    Session.objects.bulk_update(changed, [*_COLUMNS, "version"], batch_size=_BATCH)
    if parsed.has("speakers"):
        SessionPerson.objects.filter(session__in=changed, part=Part.SPEAKER).delete()
        SessionPerson.objects.bulk_create(
            [
                SessionPerson(session=session, person=person, part=Part.SPEAKER)
                for number, session in written.items()
                for person in coming[number]
            ],
            batch_size=_BATCH,
        )
    report.created, report.changed = len(new), len(changed)
    for session in changed:
        follow_session(kickoff, session.pk, at)
    if written:
        note = f"{report.created} created, {report.changed} changed"
        record_entry(by=by, verb="agenda.imported", at=at, object=kickoff, note=note)


def _beside_others(parsed: Parsed, moments: dict[int, datetime | None]) -> set[int]:
    """The rows whose session shares a moment with one in another room."""
    spans = [
        (starts, starts + timedelta(minutes=row.get("minutes")), row.get("room"), row.number)
        for row in parsed.rows
        if (starts := moments[row.number]) is not None
    ]
    spans.sort()
    found: set[int] = set()
    running: list[tuple[datetime, str, int]] = []
    for starts, ends, room, number in spans:
        running = [one for one in running if one[0] > starts]
        others = {other for _until, where, other in running if where != room}
        if others:
            found |= others | {number}
        running.append((ends, room, number))
    return found


def _key(row: ParsedRow) -> str:
    """What the file calls the session of a row."""
    key: str = row.get("id") or row.get("title")[:LONGEST_KEY]
    return key


def _moment(kickoff: Kickoff, parsed: Parsed, row: ParsedRow) -> datetime | None:
    """When a session begins, in UTC; None where it is for the tray."""
    starts, day = row.get("starts", None), row.get("date", None)
    if key := _key(row):
        name, message = "id", _("Row %(row)d is the same session.")
        if not row.get("id"):
            name, message = (
                "title",
                _("Row %(row)d has this title. Sessions of one title need ids."),
            )
        parsed.is_repeated(row, name, key, message)
    if bool(row.get("room")) != (starts is not None) and not {"starts", "room"} & row.bad:
        parsed.add_missing(
            row,
            "starts" if starts is None else "room",
            _("Room and time come together, or neither: then it waits in the tray."),
        )
        return None
    if isinstance(starts, time):
        if day is None:
            parsed.add_missing(row, "date", _("A time of day needs a day."))
            return None
        return moment_of(day, starts, kickoff.zone)
    if isinstance(starts, datetime) and starts.tzinfo is None:
        return starts.replace(tzinfo=kickoff.zone)
    return starts if isinstance(starts, datetime) else None


def _days_to_move(kickoff: Kickoff, moments: Iterable[datetime | None]) -> int:
    first = min((one for one in moments if one is not None), default=None)
    if first is None:
        return 0
    return (kickoff.starts_date - agenda_day(first, kickoff.zone)).days


def _moved(kickoff: Kickoff, starts_at: datetime | None, days: int) -> datetime | None:
    """The same time at the venue, some days later, whatever the clocks do between."""
    if starts_at is None:
        return None
    there = starts_at.astimezone(kickoff.zone).replace(tzinfo=None) + timedelta(days=days)
    return there.replace(tzinfo=kickoff.zone)


def _refuse_far_away(kickoff: Kickoff, parsed: Parsed, moments: dict[int, datetime | None]) -> None:
    """One error for all of them: where one is of another year, mostly all are."""
    far = [row for row in parsed.rows if is_far_away(kickoff, moments[row.number])]
    if far:
        said = ngettext(
            "%(count)d session is more than a year from the kickoff.",
            "%(count)d sessions are more than a year from the kickoff.",
            len(far),
        )
        hint = _(
            "Is it the programme of another year? Let it begin on the first day of the kickoff."
        )
        parsed.add_problem(far[0], "starts", f"{said % {'count': len(far)}} {hint}")


def _rooms(kickoff: Kickoff, parsed: Parsed, seats: int, report: Report) -> dict[str, Room]:
    there = {name_key(room.name): room for room in Room.objects.filter(kickoff=kickoff)}
    last = max((room.position for room in there.values()), default=0)
    new: dict[str, Room] = {}
    for row in parsed.rows:
        name = row.get("room")
        if name and (key := name_key(name)) not in there and key not in new:
            position = last + len(new) + 1
            new[key] = Room(kickoff=kickoff, name=name, capacity=seats, position=position)
    Room.objects.bulk_create(new.values())
    report.rooms = [room.name for room in new.values()]
    return there | new


def _say(
    session: Session,
    row: ParsedRow,
    parsed: Parsed,
    rooms: dict[str, Room],
    starts_at: datetime | None,
    named: list[str],
    report: Report,
) -> None:
    """Write what a row says into its session; what no column says stays."""
    said: dict[str, Any] = {"title": row.get("title"), "duration_minutes": row.get("minutes")}
    if parsed.has("starts"):
        said |= {"room": rooms.get(name_key(row.get("room"))), "starts_at": starts_at}
    word = row.get("type")
    if word or session.pk is None:
        said["type"] = _TYPES.get(name_key(word), SessionType.WORKSHOP)
        if name_key(word) not in _TYPES:
            report.strange[word] += 1
    if parsed.has("speakers"):
        said["named"] = named
        report.named += len(named)
    for name in ("outcome", "description"):
        if parsed.has(name):
            said[name] = row.get(name)
    for name, value in said.items():
        setattr(session, name, value)
