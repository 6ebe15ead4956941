from agenda.reviews.actions.choosing import (
    add_place,
    choose_deal,
    copy_reviews,
    free_place,
    open_places,
    place_review,
    suggest_reviews,
)
from agenda.reviews.actions.keeping import forget_old
from agenda.reviews.actions.preparing import add_step, drop_step, move_steps, tick_step
from agenda.reviews.actions.recording import (
    Interview,
    Named,
    ask_interview,
    ask_rep,
    withdraw_consent,
    write_form,
    write_interview,
)
from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.actions.room import go_back, go_on, guess, knows
from agenda.reviews.actions.themes import Said, drop_theme, keep_theme, send_theme

__all__ = [
    "Interview",
    "Named",
    "ReviewRefused",
    "Said",
    "add_place",
    "add_step",
    "ask_interview",
    "ask_rep",
    "choose_deal",
    "copy_reviews",
    "drop_step",
    "drop_theme",
    "forget_old",
    "free_place",
    "go_back",
    "go_on",
    "guess",
    "keep_theme",
    "knows",
    "move_steps",
    "open_places",
    "place_review",
    "send_theme",
    "suggest_reviews",
    "tick_step",
    "withdraw_consent",
    "write_form",
    "write_interview",
]
