"""Reads of questions, wishes and review times. None opens a text unless its name says so."""

from events.packets.inquiries.queries.answering import (
    able_manager,
    all_working_days,
    holder_of,
    is_manager_of,
    may_answer,
    revops_people,
    working_days,
)
from events.packets.inquiries.queries.reviews import (
    clashes,
    first_busy,
    free_slots,
    meanwhile,
    review_of,
    reviews_between,
    slots_of,
    team_reviews,
)
from events.packets.inquiries.queries.shared import (
    counts_by_scope,
    open_shared,
    shared_count,
    shared_for,
    versions_concerned,
)
from events.packets.inquiries.queries.threads import (
    asked_about,
    asking_reps,
    inbox_rows,
    open_by_packet,
    open_counts,
    open_thread,
    team_rows,
    thread_of,
)
from events.packets.inquiries.queries.waiting import (
    NEWS_FOR,
    SOON,
    Open,
    open_reviews,
    open_threads,
)
from events.packets.inquiries.queries.wishes import (
    open_wish,
    open_wishes,
    wishes_of,
    wishes_of_line,
)
