"""What a manager reads: the team, one rep before a 1:1, the notes; and what a rep sees of those."""

from reinforcement.coaching.queries.about import draft_of, nudge_key, nudged_today, nudges_at
from reinforcement.coaching.queries.briefing import briefing
from reinforcement.coaching.queries.notes import (
    Coaching,
    coaching_counts,
    notes_written,
    shared_notes,
    who_coaches,
)
from reinforcement.coaching.queries.team import Group, team_overview
