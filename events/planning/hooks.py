"""Where a timeline lets in those that stand above it."""

from collections.abc import Sequence
from datetime import date

from core.hooks import Hook
from events.kickoff.models import Kickoff

state_plan_dates = Hook[[Kickoff], Sequence[date]](
    "events.planning.hooks.state_plan_dates",
    """
    Tell on which days comp plans of a kickoff say that they take effect.

    Takes the kickoff; gives days, one for each plan. They are offered to the planner who says from
    which day tasks count, and never read without asking. In one query.
    """,
)
