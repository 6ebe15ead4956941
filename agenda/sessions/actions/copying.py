"""The skeleton of a past agenda, for a kickoff that is ahead."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.rooms.models import Room
from agenda.sessions.models import ConflictRules, Session
from agenda.sessions.queries.draft import severities_of
from events.bets.models import BigBet
from events.kickoff.hooks import Before, Copied
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


def copy_agenda(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy rooms and sessions: same day of the event, local time and room, for the bets of the same
    title, owned by whoever copies. Nobody speaks yet, and what has no day any more is in the tray.
    """
    sessions = list(source.sessions.prefetch_related("bets").order_by("pk"))
    if not sessions:
        return None
    if target.sessions.exists():
        return Copied(_("Agenda"), is_held=True)
    before = Before(source.starts_date, source.ends_date, source.time_zone)
    rooms, new_rooms = _rooms(source, target)
    bets = {bet.title: bet for bet in BigBet.objects.filter(kickoff=target)}
    copies = []
    for session in sessions:
        starts = before.moved(target, session.starts_at) if session.starts_at else None
        has_day = starts is not None and target.local_date(starts) <= target.ends_date
        copies.append(
            Session(
                kickoff=target,
                title=session.title,
                type=session.type,
                pillar=session.pillar,
                outcome=session.outcome,
                owner=by,
                room=rooms[session.room_id] if has_day and session.room_id else None,
                starts_at=starts if has_day else None,
                duration_minutes=session.duration_minutes,
                capacity=session.capacity,
                description=session.description,
                segment_kind=session.segment_kind,
                segment_function=session.segment_function,
                segment_region=session.segment_region,
            )
        )
    Session.objects.bulk_create(copies)
    if severities := severities_of(source):
        ConflictRules.objects.get_or_create(kickoff=target, defaults={"severities": severities})
    serves = Session.bets.through
    serves.objects.bulk_create(
        serves(session_id=copy.pk, bigbet_id=bets[bet.title].pk)
        for session, copy in zip(sessions, copies, strict=True)
        for bet in session.bets.all()
        if bet.title in bets
    )
    record_entry(by=by, verb="agenda.copied", at=at, object=target, note=source.name)
    count, tray = len(copies), sum(copy.starts_at is None for copy in copies)
    says = [ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}]
    if new_rooms:
        said = ngettext("%(count)d room", "%(count)d rooms", new_rooms)
        says.append(said % {"count": new_rooms})
    if tray:
        said = ngettext("%(count)d session in the tray", "%(count)d sessions in the tray", tray)
        says.append(said % {"count": tray})
    return Copied(_("Agenda"), says)


def _rooms(source: Kickoff, target: Kickoff) -> tuple[dict[int, Room], int]:
    """Rooms of the target by the id of what they are copied from, and how many are new there."""
    there = {room.name.lower(): room for room in Room.objects.filter(kickoff=target)}
    found, new = {}, 0
    for room in Room.objects.filter(kickoff=source):
        known = there.get(room.name.lower())
        if known is None:
            known = Room.objects.create(
                kickoff=target,
                name=room.name,
                place=room.place,
                capacity=room.capacity,
                is_outdoors=room.is_outdoors,
                position=room.position,
                notes=room.notes,
            )
            new += 1
        found[room.pk] = known
    return found, new
