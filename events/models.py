"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff

__all__ = ["Attendee", "Kickoff"]
