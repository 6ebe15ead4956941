from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.door.actions import Said, record_scans
from agenda.door.models import Scan
from agenda.door.rules import Kind
from agenda.presence import queries, rules
from agenda.rooms.models import Room
from agenda.sessions.queries.released import Shown
from events.attendance.models import Attendee

_OWN = UUID("6d5d3b0e-4a43-4c2e-9d53-6f5e0d1f7a11")


class PresenceRefused(Exception):
    """Nobody was counted. The message is fit to show."""


def say_here(*, attendee: Attendee, code: str, at: datetime) -> Shown:
    """
    Count somebody in by the code that they read on the screen.

    :raises PresenceRefused: it stands on no screen now
    """
    session = queries.named(attendee.kickoff, code, at)
    if session is None:
        raise PresenceRefused(
            _(
                "This code stands on no screen now. Type the one that you see; it changes every minute and a half."
            )
        )
    _count(attendee, session, Scan.How.SCREEN, at)
    return session


def say_in_room(*, attendee: Attendee, room: Room, at: datetime) -> Shown:
    """
    Count somebody in by the code on the wall of a room.

    :raises PresenceRefused: nothing runs there now
    """
    session = queries.running_in(room, at)
    if session is None:
        raise PresenceRefused(
            _(
                "No session runs in %(room)s now. People are counted from %(minutes)d minutes before it begins."
            )
            % {"room": room.name, "minutes": rules.EARLY.seconds // 60}
        )
    _count(attendee, session, Scan.How.ROOM, at)
    return session


@transaction.atomic
def _count(attendee: Attendee, session: Shown, how: str, at: datetime) -> None:
    """Twice is as once: the key is made of who and which."""
    said = Said(
        key=uuid5(_OWN, f"{session.id}:{attendee.pk}"),
        kind=Kind.IN,
        at=at,
        how=how,
        attendee_id=attendee.pk,
        session_id=session.id,
    )
    record_scans(
        kickoff=attendee.kickoff, scans=[said], device="", sent_at=at, by=attendee.person, at=at
    )
