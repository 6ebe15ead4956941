"""Loader: Django finds here what the capabilities define."""

from agenda.rooms.models import Room
from agenda.sessions.models import Release, ReleasedPart, ReleasedSession, Session, SessionPerson

__all__ = ["Release", "ReleasedPart", "ReleasedSession", "Room", "Session", "SessionPerson"]
