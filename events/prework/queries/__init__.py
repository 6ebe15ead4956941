"""Reads of pre-work: boards of who is how far, what is studied, segments, readiness."""

from events.prework.queries.boards import (
    BoardRow,
    Part,
    Summary,
    board,
    board_row,
    by_region,
    facts_of,
    items_of,
    line_at,
    prework_by_person,
    prework_counts,
    prework_for,
    prework_summary,
    summary_of,
    table,
    thread_of,
    what_follows,
)
from events.prework.queries.readiness import (
    check_readiness,
    serving_bets,
)
from events.prework.queries.segments import (
    audience,
    everybody_at,
    reach,
)
from events.prework.queries.studying import (
    Quiz,
    body_of,
    held_up,
    over_minutes,
    plan_of,
    quiz_for,
    quiz_questions,
)
