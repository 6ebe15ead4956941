"""Assignments with what comes with them, and each person's copy with what they did."""

from events.prework.models.assignments import (
    AcceptedText,
    Assignment,
    AssignmentFile,
    AssignmentQuerySet,
    PreworkPlan,
)
from events.prework.models.items import (
    ItemComment,
    PreworkItem,
    PreworkItemQuerySet,
    QuizAnswer,
    QuizTry,
    Watching,
)
