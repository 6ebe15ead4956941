"""Questions about packets, wishes for another quota, and times for a review."""

from events.inquiries.models.inquiries import AnswerTime, Inquiry, InquiryMessage, InquiryQuerySet
from events.inquiries.models.sharing import SharedAnswer, SharedAnswerReader
from events.inquiries.models.slots import ReviewSlot, ReviewSlotQuerySet
from events.inquiries.models.wishes import QuotaWish

__all__ = [
    "AnswerTime",
    "Inquiry",
    "InquiryMessage",
    "InquiryQuerySet",
    "QuotaWish",
    "ReviewSlot",
    "ReviewSlotQuerySet",
    "SharedAnswer",
    "SharedAnswerReader",
]
