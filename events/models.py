"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.deals.models import Account, Opportunity, Product
from events.kickoff.models import Kickoff
from events.packets.models import Packet, PacketVersion, Receipt
from events.planning.models import PlanningTask, WorkstreamOwner
from events.prework.models import Assignment, PreworkItem
from events.questions.models import Choice, Question, Topic

__all__ = [
    "Account",
    "Assignment",
    "Attendee",
    "BigBet",
    "Choice",
    "Kickoff",
    "Opportunity",
    "Packet",
    "PacketVersion",
    "PlanningTask",
    "PreworkItem",
    "Product",
    "Question",
    "Receipt",
    "Topic",
    "WorkstreamOwner",
]
