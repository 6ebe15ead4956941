"""Loader: Django finds here what the capabilities define."""

from people.accounts.models import (
    AddressChange,
    Invitation,
    ManagerChange,
    Person,
    RoleChange,
)
from people.activity.models import Entry, Passage
from people.calendar.models import ClosingDay, Leave
from people.imports.models import ImportRun
from people.keys.models import ApiToken, BrowserSession
from people.limits.models import Try
from people.mail.models import Message
from people.org.models import Region, Team

__all__ = [
    "AddressChange",
    "ApiToken",
    "BrowserSession",
    "ClosingDay",
    "Entry",
    "ImportRun",
    "Invitation",
    "Leave",
    "ManagerChange",
    "Message",
    "Passage",
    "Person",
    "Region",
    "RoleChange",
    "Team",
    "Try",
]
