"""When planning tasks are due, what they wait for, how the timeline is told, and its template."""

from events.planning.rules.groups import Group, Part, is_late, part_of, timeline
from events.planning.rules.offsets import (
    LONGEST_LAG_DAYS,
    LONGEST_MOVE_DAYS,
    LONGEST_OFFSET,
    LONGEST_TASK_DAYS,
    CountsFrom,
    Frame,
    NoPlanDateError,
    Offset,
    Unit,
    settle,
    wanted_date,
    work_on,
    working_days_between,
)
from events.planning.rules.schedule import (
    Link,
    Step,
    path_between,
    schedule,
    slack,
    start_of,
    too_early,
)
from events.planning.rules.template import Suggestion, suggestions

__all__ = [
    "LONGEST_LAG_DAYS",
    "LONGEST_MOVE_DAYS",
    "LONGEST_OFFSET",
    "LONGEST_TASK_DAYS",
    "CountsFrom",
    "Frame",
    "Group",
    "Link",
    "NoPlanDateError",
    "Offset",
    "Part",
    "Step",
    "Suggestion",
    "Unit",
    "is_late",
    "part_of",
    "path_between",
    "schedule",
    "settle",
    "slack",
    "start_of",
    "suggestions",
    "timeline",
    "too_early",
    "wanted_date",
    "work_on",
    "working_days_between",
]
