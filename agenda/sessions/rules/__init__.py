"""
What makes an agenda good or impossible, on plain values.

Times are aware datetimes; lengths are minutes; ids are the database's.
"""

from agenda.sessions.rules.conflicts import (
    GAP_MINUTES,
    SEVERITIES,
    Conflict,
    Kind,
    Room,
    Severity,
    Slot,
    find_conflicts,
)
from agenda.sessions.rules.days import (
    LAST_NIGHT_ENDS_TIME,
    EventDays,
    agenda_day,
    day_bounds,
    moment_of,
    ready_date,
)
from agenda.sessions.rules.mending import STEP_MINUTES, Mend, propose
from agenda.sessions.rules.named import LONGEST_NAME, read_names
from agenda.sessions.rules.releases import Change, Difference, Printed, differences
from agenda.sessions.rules.shares import (
    EXPERIENTIAL_AIM,
    UNCOUNTED_TYPES,
    Share,
    experiential_share,
)

LENGTH_LIMITS = (5, 720)  # minutes

__all__ = [
    "EXPERIENTIAL_AIM",
    "GAP_MINUTES",
    "LAST_NIGHT_ENDS_TIME",
    "LENGTH_LIMITS",
    "LONGEST_NAME",
    "SEVERITIES",
    "STEP_MINUTES",
    "UNCOUNTED_TYPES",
    "Change",
    "Conflict",
    "Difference",
    "EventDays",
    "Kind",
    "Mend",
    "Printed",
    "Room",
    "Severity",
    "Share",
    "Slot",
    "agenda_day",
    "day_bounds",
    "differences",
    "experiential_share",
    "find_conflicts",
    "moment_of",
    "propose",
    "read_names",
    "ready_date",
]
