"""The life of a kickoff: drafted, changed and moved, opened to its people, ended, archived."""

from events.kickoff.actions.copying import Copy, CopyUnseen, copy_kickoff
from events.kickoff.actions.life import (
    Template,
    archive_kickoff,
    create_kickoff,
    end_due_kickoffs,
    end_kickoff,
    open_kickoff,
    set_doors,
)
from events.kickoff.actions.moving import Details, Move, MoveUnseen, update_kickoff
from events.kickoff.actions.refusals import KickoffRefused
