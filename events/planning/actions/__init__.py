"""The verbs of a timeline: of one task, and of several at once."""

from events.planning.actions.moving import move_tasks
from events.planning.actions.several import complete_tasks, give_tasks, shift_tasks
from events.planning.actions.tasks import (
    ChangedMeanwhile,
    Details,
    PlanningRefused,
    add_task,
    complete_task,
    delete_task,
    name_owner,
    note_task,
    reopen_task,
    suggest_timeline,
    update_task,
)
