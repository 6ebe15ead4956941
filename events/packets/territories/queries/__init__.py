"""Reads of territories: the plan, what accounts weigh, what happened, what is missing."""

from events.packets.territories.queries.figures import (
    Money,
    load_of,
    loads_by_account,
    money_known,
    proposals,
    to_propose,
)
from events.packets.territories.queries.history import (
    LastMove,
    history_of,
    last_move,
    recent_changes,
)
from events.packets.territories.queries.plan import (
    Plan,
    file_rows,
    read_plan,
    reps_of,
    role_asked,
    roles_of,
    territories_of,
)
from events.packets.territories.queries.readiness import check_readiness
