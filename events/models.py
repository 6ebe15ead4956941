"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.deals.models import Account, Opportunity, Product
from events.kickoff.models import Kickoff
from events.packets.comp.models import CompPlan, PersonComp, PlanRole, RolePay, TermsEdition
from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.delivery.models import (
    EmployerSignature,
    Packet,
    PacketAnswer,
    PacketApproval,
    PacketApprover,
    PacketLapse,
    PacketRecall,
    PacketRelease,
    PacketReturn,
    PacketVersion,
    Receipt,
)
from events.packets.inquiries.models import (
    AnswerTime,
    Inquiry,
    InquiryMessage,
    QuotaWish,
    ReviewSlot,
    SharedAnswer,
    SharedAnswerReader,
)
from events.packets.letters.models import LetterBrand, LetterFile, LetterRun
from events.packets.quotas.models import NewHireRule, PlanRate, QuotaNode, QuotaPlan
from events.packets.records.models import Handout, HandoutPart, LeaverLink, LegalHold
from events.packets.territories.models import (
    OwnershipChange,
    SalesTerritory,
    TerritoryAccount,
    TerritoryPlan,
)
from events.planning.models import PlanningTask, WorkstreamOwner
from events.prework.models import Assignment, PreworkItem
from events.questions.models import Choice, Question, Topic
from events.trail.models import TrailSeal, TrailWatch

__all__ = [
    "Account",
    "AnswerTime",
    "Assignment",
    "Attendee",
    "BigBet",
    "Choice",
    "CompPlan",
    "EmployerSignature",
    "Handout",
    "HandoutPart",
    "Inquiry",
    "InquiryMessage",
    "Kickoff",
    "LeaverLink",
    "LegalHold",
    "LetterBrand",
    "LetterFile",
    "LetterRun",
    "NewHireRule",
    "Opportunity",
    "OwnershipChange",
    "Packet",
    "PacketAnswer",
    "PacketApproval",
    "PacketApprover",
    "PacketLapse",
    "PacketRecall",
    "PacketRelease",
    "PacketReturn",
    "PacketVersion",
    "PersonComp",
    "PlanRate",
    "PlanRole",
    "PlanningTask",
    "PreworkItem",
    "Product",
    "Question",
    "QuotaNode",
    "QuotaPlan",
    "QuotaWish",
    "Receipt",
    "Reminder",
    "ReminderPlan",
    "ReviewSlot",
    "RolePay",
    "SalesTerritory",
    "SharedAnswer",
    "SharedAnswerReader",
    "TermsEdition",
    "TerritoryAccount",
    "TerritoryPlan",
    "Topic",
    "TrailSeal",
    "TrailWatch",
    "WorkstreamOwner",
]
