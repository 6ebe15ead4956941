"""Reads of pre-work: boards of who is how far, what is studied, segments, readiness."""

from events.prework.queries.boards import (
    BoardRow,
    Summary,
    board,
    facts_of,
    items_of,
    line_at,
    prework_counts,
    prework_for,
    prework_summary,
    summary_of,
    table,
    thread_of,
    what_follows,
)
from events.prework.queries.lines import (
    CopyLine,
    ItemLine,
    PersonLine,
    State,
    copy_lines,
    items_by_person,
    person_lines,
    state_of,
)
from events.prework.queries.of_sessions import goes_with_session, gone_session, without_session
from events.prework.queries.own import own_data
from events.prework.queries.parts import Part, Slice, by_region, narrowed, slices_of, sum_of, there
from events.prework.queries.readiness import (
    check_readiness,
    serving_bets,
)
from events.prework.queries.segments import (
    audience,
    everybody_at,
    reach,
    regions_of,
    teams_of,
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
