"""Times that managers offer for reviews, and who has taken which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Q
from django.utils.translation import gettext as _

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.inquiries.hooks import Busy, find_busy
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules.slots import LONGEST_MINUTES, Span
from people.accounts.models import Person
from people.org.queries import here, reports_of

LONGEST = timedelta(minutes=LONGEST_MINUTES)


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


def reviews_between(
    kickoff: Kickoff, person: Person, first: datetime, after: datetime
) -> Sequence[ReviewSlot]:
    """Reviews that begin in a span, as rep or with a rep of one's own, by time. One query."""
    taken = ReviewSlot.objects.not_cancelled().filter(
        Q(rep=person) | Q(manager=person, rep__isnull=False),
        kickoff=kickoff,
        starts_at__gte=first,
        starts_at__lt=after,
    )
    return list(taken.select_related("manager", "rep").order_by("starts_at"))


def meanwhile(
    kickoff: Kickoff, person: Person, span: Span, besides: ReviewSlot | None = None
) -> Sequence[Busy]:
    """
    What a person is in during a span, reviews with somebody else included; `besides` is the one
    that is about to move. One query, and those of the hook.
    """
    reviews = reviews_between(kickoff, person, span.starts_at - LONGEST, span.ends_at)
    busy = [
        Busy(slot.span, _("a review with %(name)s") % {"name": _other(slot, person)})
        for slot in reviews
        if slot != besides and slot.span.overlaps(span)
    ]
    return [*busy, *chain.from_iterable(find_busy(kickoff, person, span))]


def clashes(kickoff: Kickoff, rep: Person, slots: Sequence[ReviewSlot]) -> dict[int, Busy]:
    """
    What a rep is in while some times are offered to them, by slot; nothing for those without. The
    rep's own review is none: they would move it.
    """
    if not slots:
        return {}
    span = Span(min(one.starts_at for one in slots), max(one.ends_at for one in slots))
    busy = meanwhile(kickoff, rep, span, review_of(kickoff, rep))
    found = {slot.pk: first_busy([slot.span], busy) for slot in slots}
    return {pk: one for pk, one in found.items() if one is not None}


def first_busy(spans: Iterable[Span], busy: Iterable[Busy]) -> Busy | None:
    """The first thing that somebody is in during one of some spans."""
    wanted = list(spans)
    return next((one for one in busy if any(span.overlaps(one.span) for span in wanted)), None)


def _other(slot: ReviewSlot, person: Person) -> str:
    other = slot.rep if slot.manager_id == person.pk else slot.manager
    return other.full_name if other else ""


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
