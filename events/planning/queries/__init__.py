"""Reads of a timeline, for its pages, for homes and for the verbs that change it."""

from events.planning.queries.digest import Slip, Week, slip_of, week_of
from events.planning.queries.following import what_follows
from events.planning.queries.gantt import Gantt, gantt_of
from events.planning.queries.learned import slips_learned
from events.planning.queries.lines import Line, Lines, lines_of, strands_of
from events.planning.queries.page import (
    Marks,
    Neighbour,
    TaskPage,
    answers_for_some,
    digest_readers,
    marks_of,
    mentionable,
    own_data,
    page_of,
    reads_whole_plan,
)
from events.planning.queries.plan import Plan, place_of_work, plan_of, stated_plan_dates
from events.planning.queries.readiness import check_readiness
from events.planning.queries.tasks import (
    Strand,
    TaskCounts,
    next_tasks,
    owner_options,
    owners_of,
    possible_owners,
    strands,
    task_counts,
    task_of,
    tasks_of,
    workstreams_of,
)
