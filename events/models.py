"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff

__all__ = ["Attendee", "BigBet", "Kickoff"]
