from events.packets.inquiries.actions.answering import answer_inquiry, hand_on, write_note
from events.packets.inquiries.actions.asking import (
    ask_question,
    close_inquiry,
    reply,
    set_answer_times,
)
from events.packets.inquiries.actions.chasing import chase_inquiries
from events.packets.inquiries.actions.looking import record_look
from events.packets.inquiries.actions.moving import move_reviews
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
