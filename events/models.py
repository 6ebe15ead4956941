"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.packets.models import Packet, PacketVersion, Receipt
from events.planning.models import PlanningTask, WorkstreamOwner
from events.prework.models import Assignment, PreworkItem
from events.questions.models import Choice, Question, Topic

__all__ = [
    "Assignment",
    "Attendee",
    "BigBet",
    "Choice",
    "Kickoff",
    "Packet",
    "PacketVersion",
    "PlanningTask",
    "PreworkItem",
    "Question",
    "Receipt",
    "Topic",
    "WorkstreamOwner",
]
