"""Prepare a panel, note what its customers allow, run it, and hear the audience."""

from agenda.panels.actions.asking import (
    QuestionWords,
    add_issue,
    add_question,
    remove_issue,
    remove_question,
    reword_issue,
    update_question,
)
from agenda.panels.actions.consenting import renew_link, say_consent
from agenda.panels.actions.hearing import hear_question, merge_question, pass_on, set_aside
from agenda.panels.actions.inviting import (
    PanelistDetails,
    add_panelist,
    hold_call,
    remove_panelist,
    set_base,
    update_panelist,
)
from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.actions.running import (
    begin_question,
    catch_quote,
    drop_quote,
    end_question,
    follow_up,
)
