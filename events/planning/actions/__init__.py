"""The verbs of a timeline: of one task, of several at once, of what they share and wait for."""

from events.planning.actions.baseline import freeze_baseline
from events.planning.actions.checklist import add_item, delete_item, move_item, tick_item
from events.planning.actions.comments import (
    LONGEST_COMMENT,
    Said,
    delete_comment,
    edit_comment,
    write_comment,
)
from events.planning.actions.copying import copy_timeline
from events.planning.actions.digest import send_digests
from events.planning.actions.files import add_file, remove_file
from events.planning.actions.linking import link_tasks, unlink_tasks
from events.planning.actions.moving import move_tasks
from events.planning.actions.refusals import ChangedMeanwhile, PlanningRefused
from events.planning.actions.several import complete_tasks, give_tasks, shift_tasks
from events.planning.actions.streams import (
    add_workstream,
    name_owner,
    remove_workstream,
    set_plan_date,
)
from events.planning.actions.tasks import (
    Details,
    add_task,
    complete_task,
    delete_task,
    reopen_task,
    update_task,
)
from events.planning.actions.template import suggest_timeline
