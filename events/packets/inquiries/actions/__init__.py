from events.packets.inquiries.actions.answering import answer_inquiry, hand_on, write_note
from events.packets.inquiries.actions.asking import (
    ask_question,
    close_inquiry,
    reply,
    set_answer_times,
)
from events.packets.inquiries.actions.chasing import chase_inquiries
from events.packets.inquiries.actions.looking import record_look
from events.packets.inquiries.actions.refusals import InquiryRefused
from events.packets.inquiries.actions.reviewing import (
    cancel_slot,
    give_up_review,
    move_slot,
    offer_slots,
    take_slot,
)
from events.packets.inquiries.actions.sharing import (
    NeedsConfirming,
    mark_shared_seen,
    publish_answer,
    reach_concerned,
    withdraw_answer,
)
from events.packets.inquiries.actions.wishing import (
    comment_wish,
    decide_wish,
    make_wish,
    withdraw_wish,
)

__all__ = [
    "InquiryRefused",
    "NeedsConfirming",
    "answer_inquiry",
    "ask_question",
    "cancel_slot",
    "chase_inquiries",
    "close_inquiry",
    "comment_wish",
    "decide_wish",
    "give_up_review",
    "hand_on",
    "make_wish",
    "mark_shared_seen",
    "move_slot",
    "offer_slots",
    "publish_answer",
    "reach_concerned",
    "record_look",
    "reply",
    "set_answer_times",
    "take_slot",
    "withdraw_answer",
    "withdraw_wish",
    "write_note",
]
