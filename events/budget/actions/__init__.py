"""The verbs of a budget."""

from events.budget.actions.blocks import (
    BlockDetails,
    delete_block,
    import_pickup,
    pickup_fields,
    save_block,
    take_over_rooms,
)
from events.budget.actions.importing import (
    BudgetReport,
    export_rows,
    import_lines,
    line_fields,
)
from events.budget.actions.lines import (
    Figures,
    Words,
    add_line,
    decide,
    delete_line,
    revise_line,
    word_line,
)
from events.budget.actions.model import (
    Assumptions,
    RoleTime,
    assume,
    set_scenarios,
    set_time,
    usual_scenarios,
)
from events.budget.actions.moving import move_budget
from events.budget.actions.papers import add_file, remove_file
from events.budget.actions.refusals import BudgetRefused
from events.budget.actions.settings import (
    Settings,
    begin_budget,
    change_budget,
    name_owner,
    note_rate,
    remove_owner,
)
from events.budget.actions.template import suggest_budget

__all__ = [
    "Assumptions",
    "BlockDetails",
    "BudgetRefused",
    "BudgetReport",
    "Figures",
    "RoleTime",
    "Settings",
    "Words",
    "add_file",
    "add_line",
    "assume",
    "begin_budget",
    "change_budget",
    "decide",
    "delete_block",
    "delete_line",
    "export_rows",
    "import_lines",
    "import_pickup",
    "line_fields",
    "move_budget",
    "name_owner",
    "note_rate",
    "pickup_fields",
    "remove_file",
    "remove_owner",
    "revise_line",
    "save_block",
    "set_scenarios",
    "set_time",
    "suggest_budget",
    "usual_scenarios",
    "word_line",
]
