"""Pre-work: drafted, assigned, done or handed in, asked for again, reminded of, withdrawn."""

from events.prework.actions.assigning import (
    Details,
    assign_prework,
    draft_prework,
    follow_session,
    plan_prework,
    suggest_prework,
    sync_roster,
    update_prework,
    withdraw_prework,
)
from events.prework.actions.doing import (
    comment_on,
    hand_in,
    mark_done,
    note_begun,
    remind_missing,
    reopen_item,
    review_item,
    submit_work,
    take_back,
)
from events.prework.actions.keeping import forget_old, past_keeping
from events.prework.actions.moving import move_prework
from events.prework.actions.refusals import ChangedElsewhere, PreworkRefused
from events.prework.actions.studying import (
    accept_text,
    add_file,
    keep_draft,
    remove_file,
    report_watched,
    take_quiz,
)
