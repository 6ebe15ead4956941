"""Scans as devices tell them, in whatever order: each once, each answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agenda.door import queries, rules
from agenda.door.models import Badge, Scan
from agenda.door.rules import Kind, Problem
from agenda.sessions.models import ReleasedSession
from core.ui.figures import clock
from events.attendance import hooks
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One scan as a device tells it: by a code, by somebody's number on the roster, or taking one back."""

    key: UUID
    kind: str
    at: datetime
    how: str = Scan.How.BADGE
    code: str = ""
    attendee_id: int | None = None
    undoes: UUID | None = None
    session_id: int | None = None  # of a scan at a session, which is no check-in
    was_offline: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What a scan came to: `in`, `already`, `out`, `undone` or `refused`, in words too."""

    key: UUID
    state: str
    words: str
    attendee_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A scan with whom it means."""

    said: Said
    attendee_id: int | None
    problem: Problem


@transaction.atomic
def record_scans(
    *,
    kickoff: Kickoff,
    scans: Sequence[Said],
    device: str,
    sent_at: datetime,
    by: Person,
    at: datetime,
) -> list[Heard]:
    """
    Take what a device scanned, in whatever order it arrives, each scan once; say what each came to.

    `sent_at` is what the device's clock said when it sent: what that is wrong by is noted, and set
    right. Sent again, a scan is answered again and nothing is written.
    """
    # Locked before their scans are read: of two devices at once the second sees what the first
    # wrote. All by one statement in one order, which two batches cannot wait for crosswise
    by_code_alone = all(one.code for one in scans)
    badges = _badges({rules.read(one.code)[0] for one in scans} - {""}, lock=by_code_alone)
    read = _read(kickoff, scans, badges)
    ids = {one.attendee_id for one in read if one.attendee_id is not None}
    attendees = {one.attendee_id: one.attendee for one in badges.values()}
    if not by_code_alone:
        attendees = {one.pk: one for one in _locked(ids)}
    attendees = {pk: attendees[pk] for pk in ids}
    ahead = rules.clock_ahead(sent_at, at)
    rows = [_row(kickoff, one, device, ahead, by, at) for one in read]
    # A key that is there already changes nothing, whoever sent it and for whom
    Scan.objects.bulk_create(rows, ignore_conflicts=True)
    passes = queries.passes_of(kickoff, ids)
    _keep_arrivals(kickoff, attendees, passes, by, at)
    return [_heard(kickoff, one, attendees, passes) for one in read]


def _read(kickoff: Kickoff, scans: Sequence[Said], badges: dict[str, Badge]) -> list[_Read]:
    """Whom each scan means. A query for numbers, one for what is taken back."""
    ids = {one.attendee_id for one in scans if one.attendee_id is not None}
    seats = set(_numbers(kickoff, ids)) if ids else set()
    undone = {one.undoes for one in scans if one.undoes is not None}
    whose = dict(_owners(kickoff, undone)) if undone else {}
    named = {one.session_id for one in scans if one.session_id is not None}
    known = set(_sessions(kickoff, named)) if named else set()
    read: list[_Read] = []
    for one in scans:
        problem = Problem.NONE
        if one.undoes is not None:
            attendee_id = whose.get(one.undoes)
        elif one.code:
            code, problem = rules.read(one.code)
            badge = badges.get(code)
            is_ours = badge is not None and badge.attendee.kickoff_id == kickoff.pk
            attendee_id = badge.attendee_id if badge and is_ours else None
            if badge and is_ours and badge.revoked_at:
                problem = Problem.REVOKED
            elif not is_ours:
                problem = problem or Problem.FOREIGN
        else:
            attendee_id = one.attendee_id if one.attendee_id in seats else None
        if one.session_id is not None and one.session_id not in known:
            attendee_id = None
        if attendee_id is None:
            problem = problem or Problem.GONE
        elif one.undoes is None:
            whose[one.key] = attendee_id  # a scan and its undoing may arrive together
        read.append(_Read(one, attendee_id, problem))
    return read


def _badges(codes: Collection[str], *, lock: bool) -> dict[str, Badge]:
    """The badges of some codes, with whose they are. One query."""
    if not codes:
        return {}
    badges = Badge.objects.select_related("attendee__person", "attendee__kickoff")
    if lock:
        badges = badges.select_for_update(of=("attendee",))
    return {badge.code: badge for badge in badges.filter(code__in=codes).order_by("attendee")}


def _locked(ids: Collection[int]) -> QuerySet[Attendee]:
    attendees = Attendee.objects.select_related("person", "kickoff").select_for_update(of=("self",))
    return attendees.filter(pk__in=ids).order_by("pk")


def _numbers(kickoff: Kickoff, ids: Collection[int]) -> Sequence[int]:
    return list(Attendee.objects.filter(kickoff=kickoff, pk__in=ids).values_list("pk", flat=True))


def _sessions(kickoff: Kickoff, ids: Collection[int]) -> Sequence[int]:
    sessions = ReleasedSession.objects.current(kickoff).filter(session_id__in=ids)
    return list(sessions.values_list("session_id", flat=True))


def _owners(kickoff: Kickoff, keys: Collection[UUID]) -> Sequence[tuple[UUID, int | None]]:
    scans = Scan.objects.filter(kickoff=kickoff, key__in=keys).counted()
    return list(scans.order_by().values_list("key", "attendee"))


def _row(kickoff: Kickoff, read: _Read, device: str, ahead: int, by: Person, at: datetime) -> Scan:
    said = read.said
    return Scan(
        kickoff=kickoff,
        attendee_id=read.attendee_id,
        key=said.key,
        kind=said.kind,
        how=said.how,
        problem=read.problem,
        undoes=said.undoes,
        session_id=said.session_id,
        device=device,
        device_at=said.at,
        clock_ahead_seconds=ahead,
        scanned_at=rules.scanned_at(said.at, ahead, at),
        arrived_at=at,
        was_offline=said.was_offline,
        by=by,
    )


def _keep_arrivals(
    kickoff: Kickoff,
    attendees: dict[int, Attendee],
    passes: dict[int, list[rules.Pass]],
    by: Person,
    at: datetime,
) -> None:
    """Write when each came, as all their scans say; whoever comes has a place, whatever they said."""
    changed, came = [], []
    for pk, attendee in attendees.items():
        came_at = rules.stay(passes.get(pk, ())).came_at
        if came_at != attendee.checked_in_at:
            attendee.checked_in_at = came_at
            changed.append(attendee)
            if came_at and attendee.rsvp in (Attendee.Rsvp.NO, Attendee.Rsvp.WAITING):
                came.append(attendee)
    Attendee.objects.bulk_update(changed, ["checked_in_at"], batch_size=500)
    if came:
        Attendee.objects.filter(pk__in=[one.pk for one in came]).update(
            rsvp=Attendee.Rsvp.YES, answered_at=at, offered_until=None, passed_at=None
        )
        notes = [(one.person, _("came to the door")) for one in came]
        record_entries(by=by, verb="attendee.answered", at=at, notes=notes)
        hooks.follow_roster(kickoff, at)


def _heard(
    kickoff: Kickoff,
    read: _Read,
    attendees: dict[int, Attendee],
    passes: dict[int, list[rules.Pass]],
) -> Heard:
    said, pk = read.said, read.attendee_id
    name = attendees[pk].person.full_name if pk is not None else ""
    if said.kind == Kind.UNDO and read.problem:
        return Heard(said.key, "refused", _("There is nothing to take back."))
    if read.problem:
        return Heard(said.key, "refused", _REFUSALS[read.problem]() % {"name": name}, pk, name)
    of_one = passes.get(pk or 0, [])
    mine = next((one for one in of_one if one.key == said.key), None)
    if said.kind == Kind.UNDO or any(one.undoes == said.key for one in of_one):
        return Heard(said.key, "undone", _("Taken back."), pk, name)
    if mine is None:
        return Heard(said.key, "refused", _("This scan was sent for somebody else."))
    time = clock(mine.at, kickoff.zone)
    if mine.session_id is not None:
        return _in_session(mine, of_one, time, name, pk)
    if said.kind == Kind.OUT:
        return Heard(said.key, "out", _("Out at %(time)s") % {"time": time}, pk, name)
    before = rules.stay(
        one for one in of_one if one.kind == Kind.UNDO or one.order < mine.order
    ).in_since
    if before is not None:
        words = _("Already in at %(time)s; counted once") % {"time": clock(before, kickoff.zone)}
        return Heard(said.key, "already", words, pk, name)
    return Heard(said.key, "in", _("In at %(time)s") % {"time": time}, pk, name)


def _in_session(
    mine: rules.Pass, passes: Sequence[rules.Pass], time: str, name: str, pk: int | None
) -> Heard:
    same = (one for one in passes if one.session_id == mine.session_id)
    if min(same, key=lambda one: one.order).key != mine.key:
        return Heard(mine.key, "already", _("Was in the session already; counted once"), pk, name)
    return Heard(mine.key, "in", _("In the session at %(time)s") % {"time": time}, pk, name)


_REFUSALS = {
    Problem.TORN: lambda: _("The code is torn or not whole. Find the person by name."),
    Problem.FOREIGN: lambda: _("This code is no badge of this kickoff. Find the person by name."),
    Problem.REVOKED: lambda: _(
        "This badge of %(name)s was replaced by a new one. Ask for that, or find them by name."
    ),
    Problem.GONE: lambda: _("Nobody on this roster is meant. Find the person by name."),
}
