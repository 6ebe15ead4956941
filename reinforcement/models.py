"""Loader: Django finds here what the capabilities define."""

from reinforcement.assessments.models import Certification, Mark, Review
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.coaching.models import CoachingNote
from reinforcement.learning.models import Answer, Attempt
from reinforcement.touches.models import Basis, Touch

__all__ = [
    "Activity",
    "Answer",
    "Attempt",
    "Basis",
    "Campaign",
    "Certification",
    "CoachingNote",
    "Mark",
    "Review",
    "Touch",
]
