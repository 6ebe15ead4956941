"""Questions about packets, wishes for another quota, and times for a review."""

from events.packets.inquiries.models.inquiries import (
    AnswerTime,
    Inquiry,
    InquiryMessage,
    InquiryQuerySet,
    able_manager,
    held_by,
)
from events.packets.inquiries.models.sharing import SharedAnswer, SharedAnswerReader
from events.packets.inquiries.models.slots import ReviewSlot
from events.packets.inquiries.models.wishes import QuotaWish
