"""Whether somebody comes: as they say themselves, signed in or by the link of their mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.ui.figures import day
from events.attendance import hooks
from events.attendance.actions import mails, seats
from events.attendance.actions.refusals import RosterRefused, refuse_unless_open, refuse_when_over
from events.attendance.models import Attendee, SeatRequest
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell


@transaction.atomic
def answer_invitation(
    *, attendee: Attendee, coming: bool, by: Person | None, at: datetime
) -> Attendee:
    """
    Say whether one comes; may be changed until the event is over. Where no place is free, a yes is
    one on the waiting list. Nobody acts where somebody
    answers by their link without signing in: they are told, since a link can be forwarded.

    :raises RosterRefused: the event is over; or the last day to say yes is
    """
    refuse_when_over(attendee.kickoff, at)
    if coming and attendee.rsvp != Attendee.Rsvp.YES and attendee.offered_until is None:
        _refuse_late(attendee, at)
    answer = Attendee.Rsvp.NO
    if coming:
        answer = Attendee.Rsvp(seats.seated([attendee], attendee.kickoff, at)[attendee.pk])
    # The same answer twice at once is noted once
    rows = Attendee.objects.filter(pk=attendee.pk).exclude(rsvp=answer)
    if not rows.update(rsvp=answer, answered_at=at, offered_until=None, passed_at=None):
        attendee.refresh_from_db(fields=["rsvp", "answered_at", "offered_until", "passed_at"])
        return attendee
    attendee.rsvp, attendee.answered_at = answer, at
    attendee.offered_until = attendee.passed_at = None
    note = str(answer.label)
    if by is None:
        note = _("%(answer)s, by the link of the mail") % {"answer": note}
        tell(drafts=[mails.answered(attendee, at)], at=at)
    record_entry(
        by=by,
        verb="attendee.answered",
        at=at,
        subject=attendee.person,
        object=attendee.kickoff,
        note=note,
    )
    hooks.follow_roster(attendee.kickoff, at)
    return attendee


@transaction.atomic
def ask_for_seat(*, attendee: Attendee, by: Person, at: datetime) -> SeatRequest:
    """
    Ask for a place by a link that is somebody else's: it waits for a planner, and is no seat.

    :raises RosterRefused: the event is over; it is one's own link; or one is on the roster already
    """
    refuse_unless_open(attendee.kickoff, at)
    if Attendee.objects.filter(kickoff=attendee.kickoff, person=by).exists():
        raise RosterRefused(_("You are on the roster yourself: answer there."))
    asked, is_new = SeatRequest.objects.get_or_create(
        attendee=attendee, person=by, defaults={"asked_at": at}
    )
    if is_new:
        record_entry(by=by, verb="attendee.seat_asked", at=at, subject=by, object=attendee.kickoff)
    return asked


@transaction.atomic
def decide_seat(
    *, request: SeatRequest, kind: str, is_granted: bool, by: Person, at: datetime
) -> None:
    """
    Put whoever asked on the roster and invite them, or leave them off it; they are told.

    :raises RosterRefused: the event is over, or somebody decided it meanwhile
    """
    kickoff = request.attendee.kickoff
    refuse_unless_open(kickoff, at)
    waiting = SeatRequest.objects.filter(pk=request.pk, decided_at=None)
    if not waiting.update(decided_at=at, decided_by=by, is_granted=is_granted):
        raise RosterRefused(_("Somebody has decided this meanwhile."))
    if is_granted:
        attendee, is_new = Attendee.objects.get_or_create(
            kickoff=kickoff, person=request.person, defaults={"kind": kind, "added_at": at}
        )
        if is_new:
            mails.mark_invited([attendee], at)
            tell(drafts=[mails.invitation(attendee)], at=at)
            record_entry(
                by=by, verb="attendee.added", at=at, subject=request.person, object=kickoff
            )
            hooks.follow_roster(kickoff, at)
    else:
        tell(drafts=[mails.no_seat(request)], at=at)
    verb = "attendee.seat_granted" if is_granted else "attendee.seat_refused"
    record_entry(by=by, verb=verb, at=at, subject=request.person, object=kickoff)


def _refuse_late(attendee: Attendee, at: datetime) -> None:
    by = attendee.answer_by_at
    if by is not None and at >= by:
        raise RosterRefused(
            _("Answers were due by %(deadline)s. Ask the planners: they can still note yours.")
            % {"deadline": day(attendee.answer_by_date, "long")}
        )
