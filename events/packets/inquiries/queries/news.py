"""What a rep is told of their questions on the first page of a kickoff, without any text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from events.kickoff.models import Kickoff
from events.packets.inquiries.models import Inquiry, ReviewSlot
from events.packets.inquiries.queries.reviews import free_slots, review_of
from events.packets.inquiries.queries.shared import shared_count
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class News:
    """
    Their questions that were answered and that wait; shared answers that they have not read; the
    review that they have ahead, else how many times are free for one.
    """

    answered: list[Inquiry]
    waiting: list[Inquiry]
    new_shared: int
    review: ReviewSlot | None
    free: int


def news_for(kickoff: Kickoff, rep: Person, at: datetime) -> News:
    """Four queries at most, for any number of questions."""
    asked = list(
        Inquiry.objects.of(kickoff)
        .filter(asked_by=rep)
        .exclude(state=Inquiry.State.CLOSED)
        .defer("sealed")
    )
    review = review_of(kickoff, rep)
    is_ahead = review is not None and review.ends_at > at
    return News(
        answered=[one for one in asked if not one.is_waiting],
        waiting=[one for one in asked if one.is_waiting],
        new_shared=shared_count(kickoff, rep).new,
        review=review if is_ahead else None,
        free=len(free_slots(kickoff, rep, at)) if review is None and rep.manager_id else 0,
    )
