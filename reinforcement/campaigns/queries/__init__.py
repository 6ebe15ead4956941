"""Reads of the plan, its progress and what it lacks."""

from reinforcement.campaigns.queries.plan import (
    Counts,
    Progress,
    behaviours,
    campaign_counts,
    campaign_of,
    day_of,
    plan,
    progress,
)
from reinforcement.campaigns.queries.readiness import check_readiness
from reinforcement.campaigns.queries.serving import serving_bets

__all__ = [
    "Counts",
    "Progress",
    "behaviours",
    "campaign_counts",
    "campaign_of",
    "check_readiness",
    "day_of",
    "plan",
    "progress",
    "serving_bets",
]
