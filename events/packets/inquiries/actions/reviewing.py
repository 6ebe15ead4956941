"""Review with my manager: times offered, taken, given up, moved and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import clock, moment
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.refusals import InquiryRefused, clean, refuse_archived
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules.slots import Span, first_clash
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.rules import CANNOT_WAIT

LONGEST_PLACE = 120


@transaction.atomic
def offer_slots(
    *, kickoff: Kickoff, spans: Sequence[Span], place: str, by: Person, at: datetime
) -> list[ReviewSlot]:
    """
    Offer times for reviews at a kickoff: all of them or none.

    :raises InquiryRefused: one is over, on no day of the event, overlaps another of theirs, or
        what they have to be in; no place is named; or the kickoff is archived
    """
    refuse_archived(kickoff)
    place = clean(place, LONGEST_PLACE)
    # One offer at a time a manager: rows that are not there yet cannot be locked
    Person.objects.select_for_update().get(pk=by.pk)
    for span in spans:
        _refuse_wrong_time(kickoff, span, at)
    _refuse_overlap(kickoff, spans, _taken_by(by))
    _refuse_busy(kickoff, by, spans)
    slots = ReviewSlot.objects.bulk_create(
        [
            ReviewSlot(
                kickoff=kickoff,
                manager=by,
                starts_at=span.starts_at,
                ends_at=span.ends_at,
                place=place,
                created_at=at,
            )
            for span in spans
        ]
    )
    record_entry(by=by, verb="review.offered", at=at, object=kickoff, note=str(len(slots)))
    return slots


@transaction.atomic
def take_slot(*, slot_id: int, by: Person, at: datetime) -> ReviewSlot:
    """
    Take a time with one's manager, for the version in hand. Whoever had another moves to it.

    Of two at once, one gets it. Taking the same one twice is taking it once.

    :raises InquiryRefused: somebody was quicker; it was cancelled, has begun, or is not with
        their manager; they have to be elsewhere; they have no packet; or the kickoff is archived
    """
    slot = ReviewSlot.objects.select_related("kickoff", "manager").get(pk=slot_id)
    refuse_archived(slot.kickoff)
    if slot.rep_id == by.pk and slot.cancelled_at is None:
        return slot
    if slot.manager_id != by.manager_id:
        raise InquiryRefused(_("You review your packet with your own manager."))
    version = PacketVersion.objects.of(slot.kickoff).in_force().filter(packet__rep=by).first()
    if version is None:
        raise InquiryRefused(_("There is no packet of yours to review yet."))
    # One time at a time a rep: two that are taken at once meet here
    Person.objects.select_for_update().get(pk=by.pk)
    given_up = ReviewSlot.objects.not_cancelled().filter(kickoff=slot.kickoff, rep=by).first()
    if given_up is not None:
        _refuse_begun(given_up, at)
        _free(given_up, at)
    _refuse_busy(slot.kickoff, by, [slot.span])
    taken = ReviewSlot.objects.free(at).filter(pk=slot.pk)
    if not taken.update(rep=by, version=version, taken_at=at, changed_at=at):
        # Raised inside the transaction, so what was given up is kept
        raise InquiryRefused(_("This time is not free any more. Choose another."))
    slot.refresh_from_db()
    record_entry(by=by, verb="review.taken", at=at, subject=by, object=slot)
    _tell(
        [slot.manager],
        slot,
        key=f"review-taken:{slot.pk}:{at.isoformat()}",
        subject=_("%(rep)s reviews their packet with you"),
        text=_(
            "%(rep)s reviews their packet with you: %(when)s, %(place)s.\n\nYour times: %(url)s"
            "\nFor your calendar: %(calendar)s"
        ),
        page="slots",
        at=at,
        rep=by,
    )
    return slot


@transaction.atomic
def give_up_review(*, kickoff: Kickoff, by: Person, at: datetime) -> bool:
    """
    Give up the time that a rep has taken; it is free for others. Return whether there was one.

    :raises InquiryRefused: it has begun, or the kickoff is archived
    """
    refuse_archived(kickoff)
    slot = (
        ReviewSlot.objects.not_cancelled()
        .select_related("kickoff", "manager")
        .filter(kickoff=kickoff, rep=by)
        .first()
    )
    if slot is None:
        return False
    _refuse_begun(slot, at)
    if not _free(slot, at):
        return False
    record_entry(by=by, verb="review.given_up", at=at, subject=by, object=slot)
    _tell(
        [slot.manager],
        slot,
        key=f"review-given-up:{slot.pk}:{at.isoformat()}",
        subject=_("%(rep)s does not come to their review"),
        text=_(
            "%(rep)s gave up %(when)s. The time is free for others.\n\nYour times: %(url)s"
            "\nTake it out of your calendar: %(calendar)s"
        ),
        page="slots",
        at=at,
        rep=by,
    )
    return True


@transaction.atomic
def move_slot(*, slot_id: int, span: Span, place: str, by: Person, at: datetime) -> ReviewSlot:
    """
    Move a time that a manager offers; whoever has taken it is told.

    :raises InquiryRefused: as `offer_slots`; or it is not theirs, was cancelled or has begun
    """
    slot = _own(slot_id, by)
    _refuse_begun(slot, at)
    place = clean(place, LONGEST_PLACE)
    Person.objects.select_for_update().get(pk=by.pk)
    _refuse_wrong_time(slot.kickoff, span, at)
    _refuse_overlap(slot.kickoff, [span], _taken_by(by, besides=slot))
    if (slot.span, slot.place) == (span, place):
        return slot
    for person in filter(None, (by, slot.rep)):
        _refuse_busy(slot.kickoff, person, [span], besides=slot, is_told=person == by)
    slots = ReviewSlot.objects.not_cancelled().filter(pk=slot.pk)
    slots.update(starts_at=span.starts_at, ends_at=span.ends_at, place=place, changed_at=at)
    slot.refresh_from_db()
    record_entry(by=by, verb="review.moved", at=at, subject=slot.rep, object=slot)
    if slot.rep is not None:
        _tell(
            [slot.rep],
            slot,
            key=f"review-moved:{slot.pk}:{at.isoformat()}",
            subject=_("Your review with %(manager)s has moved"),
            text=_(
                "your review with %(manager)s is now %(when)s, %(place)s.\n\nSee it, or choose"
                " another time: %(url)s\nFor your calendar: %(calendar)s"
            ),
            page="review",
            at=at,
            rep=slot.rep,
        )
    return slot


@transaction.atomic
def cancel_slot(*, slot_id: int, by: Person, at: datetime) -> bool:
    """
    Take a time back; whoever has taken it is told. Return whether this call did it.

    :raises InquiryRefused: it is not theirs, or has begun; or the kickoff is archived
    """
    slot = _own(slot_id, by, even_cancelled=True)
    if slot.cancelled_at is not None:
        return False
    _refuse_begun(slot, at)
    slots = ReviewSlot.objects.not_cancelled().filter(pk=slot.pk)
    if not slots.update(cancelled_at=at, changed_at=at):
        return False
    record_entry(by=by, verb="review.cancelled", at=at, subject=slot.rep, object=slot)
    if slot.rep is not None:
        _tell(
            [slot.rep],
            slot,
            key=f"review-cancelled:{slot.pk}",
            subject=_("Your review with %(manager)s is cancelled"),
            text=_(
                "%(manager)s cancelled your review, %(when)s.\n\nChoose another time: %(url)s"
                "\nTake it out of your calendar: %(calendar)s"
            ),
            page="review",
            at=at,
            rep=slot.rep,
        )
    return True


def _own(slot_id: int, by: Person, *, even_cancelled: bool = False) -> ReviewSlot:
    slot = (
        ReviewSlot.objects.select_for_update(of=("self",))
        .select_related("kickoff", "manager", "rep")
        .get(pk=slot_id)
    )
    refuse_archived(slot.kickoff)
    if slot.manager_id != by.pk:
        raise InquiryRefused(_("This is somebody else’s time."))
    if slot.cancelled_at is not None and not even_cancelled:
        raise InquiryRefused(_("This time was cancelled."))
    return slot


def _free(slot: ReviewSlot, at: datetime) -> int:
    held = ReviewSlot.objects.not_cancelled().filter(pk=slot.pk, rep=slot.rep_id)
    return held.update(rep=None, version=None, taken_at=None, changed_at=at)


def _taken_by(manager: Person, besides: ReviewSlot | None = None) -> list[Span]:
    slots = ReviewSlot.objects.not_cancelled().filter(manager=manager)
    if besides is not None:
        slots = slots.exclude(pk=besides.pk)
    return [slot.span for slot in slots]


def _refuse_begun(slot: ReviewSlot, at: datetime) -> None:
    if slot.starts_at <= at:
        raise InquiryRefused(_("This review has begun, so it stays as it is."))


def _refuse_busy(
    kickoff: Kickoff,
    person: Person,
    spans: Sequence[Span],
    besides: ReviewSlot | None = None,
    *,
    is_told: bool = True,
) -> None:
    """Refuse a time at which somebody has to be elsewhere: who is told, or another."""
    whole = Span(min(one.starts_at for one in spans), max(one.ends_at for one in spans))
    busy = queries.first_busy(spans, queries.meanwhile(kickoff, person, whole, besides))
    if busy is None:
        return
    text = _("You are in “%(title)s” then, %(starts)s–%(ends)s. Choose another time.")
    if not is_told:
        text = _("%(name)s is in “%(title)s” then, %(starts)s–%(ends)s. Choose another time.")
    raise InquiryRefused(
        text
        % {
            "name": person.full_name,
            "title": busy.title,
            "starts": clock(busy.span.starts_at, kickoff.zone),
            "ends": clock(busy.span.ends_at, kickoff.zone),
        }
    )


def _refuse_wrong_time(kickoff: Kickoff, span: Span, at: datetime) -> None:
    if span.starts_at <= at:
        raise InquiryRefused(
            _("%(when)s is over already.") % {"when": moment(span.starts_at, kickoff.zone)}
        )
    if kickoff.local_date(span.starts_at) not in kickoff.days:
        raise InquiryRefused(_("Reviews are held on the days of the event."))


def _refuse_overlap(kickoff: Kickoff, wanted: Sequence[Span], taken: Sequence[Span]) -> None:
    clash = first_clash(wanted, taken)
    if clash is None:
        return
    new, old = clash
    overlapping = ngettext(
        "Nothing is offered: ", "None of the %(count)d times is offered: ", len(wanted)
    ) % {"count": len(wanted)}
    raise InquiryRefused(
        overlapping
        + _("%(new)s–%(new_end)s overlaps your time from %(old)s to %(old_end)s.")
        % {
            "new": clock(new.starts_at, kickoff.zone),
            "new_end": clock(new.ends_at, kickoff.zone),
            "old": clock(old.starts_at, kickoff.zone),
            "old_end": clock(old.ends_at, kickoff.zone),
        }
    )


def _tell(
    people: Sequence[Person],
    slot: ReviewSlot,
    *,
    key: str,
    subject: str,
    text: str,
    page: str,
    at: datetime,
    rep: Person,
) -> None:
    facts = {
        "rep": rep.full_name,
        "manager": slot.manager.full_name,
        "when": moment(slot.starts_at, slot.kickoff.zone),
        "place": slot.place,
        "url": notices.url_of(page, slot.kickoff),
        "calendar": notices.url_of("calendar_entry", slot.kickoff, slot_id=slot.pk),
    }
    notices.tell(
        people,
        slot.kickoff,
        key=key,
        subject=subject % facts,
        text=text % facts,
        at=at,
        is_urgent=slot.starts_at - at <= CANNOT_WAIT,
    )
