"""Times that managers offer for reviews, and who has taken which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.inquiries.models import ReviewSlot
from people.accounts.models import Person
from people.org.queries import here, reports_of


@dataclass(frozen=True, slots=True)
class RepsReview:
    """One rep of a manager and when they review their packet, if they do."""

    rep: Person
    slot: ReviewSlot | None


def slots_of(kickoff: Kickoff, manager: Person) -> Sequence[ReviewSlot]:
    """What a manager offers, in order of time, taken or not. One query."""
    slots = ReviewSlot.objects.not_cancelled().filter(kickoff=kickoff, manager=manager)
    return list(slots.select_related("rep", "version").order_by("starts_at"))


def free_slots(kickoff: Kickoff, rep: Person, at: datetime) -> Sequence[ReviewSlot]:
    """What the rep's manager offers and nobody has taken, in order of time. One query."""
    free = ReviewSlot.objects.free(at).filter(
        here(at, "manager"), kickoff=kickoff, manager=rep.manager_id
    )
    return list(free.select_related("manager").order_by("starts_at"))


def review_of(kickoff: Kickoff, rep: Person) -> ReviewSlot | None:
    """The time that a rep has taken. One query."""
    taken = ReviewSlot.objects.not_cancelled().filter(kickoff=kickoff, rep=rep)
    return taken.select_related("manager", "version").first()


def team_reviews(kickoff: Kickoff, manager: Person, at: datetime) -> Sequence[RepsReview]:
    """The manager's own reports who carry a quota, each with their review. Two queries."""
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    people = (
        reports_of(manager, at).filter(pk__in=reps.values("person")).order_by("full_name", "pk")
    )
    slots = {
        slot.rep_id: slot
        for slot in ReviewSlot.objects.not_cancelled().filter(kickoff=kickoff, rep__in=people)
    }
    return [RepsReview(person, slots.get(person.pk)) for person in people]
