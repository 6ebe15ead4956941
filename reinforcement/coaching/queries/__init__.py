"""What a manager reads: the team, one rep before a 1:1, the notes; and what a rep sees of those."""

from reinforcement.coaching.queries.briefing import Briefing, TopicScore, briefing
from reinforcement.coaching.queries.notes import (
    SharedNote,
    coaching_counts,
    notes_written,
    shared_notes,
)
from reinforcement.coaching.queries.team import Group, Next, Row, Team, team_overview

__all__ = [
    "Briefing",
    "Group",
    "Next",
    "Row",
    "SharedNote",
    "Team",
    "TopicScore",
    "briefing",
    "coaching_counts",
    "notes_written",
    "shared_notes",
    "team_overview",
]
