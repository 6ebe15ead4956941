"""The waves in which the people of the kickoff ahead were invited, and a link that was forwarded."""

import random
from datetime import datetime, timedelta

from events.attendance.actions import set_places, tend_waiting_lists
from events.attendance.models import Attendee, SeatRequest
from events.invitations.models import Invited, Wave
from events.invitations.rules import goes_at
from events.kickoff.models import Kickoff
from people.org.models import Region
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_Kind = Attendee.Kind
# Name, weeks before the event, whom it asked
_WAVES = (
    ("Managers", 11, _Kind.MANAGER),
    ("Reps", 10, _Kind.REP),
    ("Staff", 9, _Kind.STAFF),
)
BODY = (
    "Hello {first_name},\n\n"
    "Unbroken begins soon: {kickoff}, {dates}, {place}. Three bets, one plan each, and your own"
    " deals on the table.\n\n"
    "Say by {deadline} whether you come, so that we book your room: {link}\n\n"
    "Priya, Enablement\n"
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Three waves that are out, one that is written, and one wish for a place."""
    kickoff = kickoffs.ahead
    deadline = kickoff.starts_date - timedelta(weeks=3)
    for name, weeks, kind in _WAVES:
        went = kickoff.starts_date - timedelta(weeks=weeks)
        sent_at = min(goes_at(went, kickoff.zone), now)
        wave = Wave.objects.create(
            kickoff=kickoff,
            name=name,
            segment_kind=kind,
            subject="Are you coming to {kickoff}?",
            body=BODY,
            deadline_date=deadline,
            goes_date=went,
            goes_at=sent_at,
            sent_at=sent_at,
            made_by=company.planner,
            created_at=sent_at - timedelta(days=3),
        )
        people = Attendee.objects.filter(kickoff=kickoff, kind=kind)
        Invited.objects.bulk_create(
            [Invited(wave=wave, attendee=one) for one in people.order_by("pk")], batch_size=500
        )
        people.update(answer_by_at=wave.answer_by_at)
    guests = min(now.date() + timedelta(days=10), deadline)
    Wave.objects.create(
        kickoff=kickoff,
        name="Speakers from outside",
        segment_kind=_Kind.SPEAKER,
        subject="You are our guest at {kickoff}",
        body=BODY,
        deadline_date=deadline,
        goes_date=guests,
        goes_at=goes_at(guests, kickoff.zone),
        made_by=company.planner,
        created_at=now - timedelta(days=2),
    )
    _forwarded(kickoff, now)
    _fill_up(kickoff, company, now)


def _fill_up(kickoff: Kickoff, company: Company, now: datetime) -> None:
    """Staff said yes above their places: six wait, and two of them are offered what is free."""
    staff = Attendee.objects.filter(kickoff=kickoff, kind=_Kind.STAFF)
    late = list(staff.filter(rsvp=Attendee.Rsvp.PENDING).order_by("pk")[:6])
    for number, one in enumerate(late):
        one.rsvp, one.answered_at = Attendee.Rsvp.WAITING, now - timedelta(days=6 - number)
        one.save(update_fields=["rsvp", "answered_at"])
    coming = staff.filter(rsvp=Attendee.Rsvp.YES).count()
    set_places(
        kickoff=kickoff,
        said={
            ("REP", None): (None, 1),
            ("MANAGER", None): (None, 2),
            ("STAFF", None): (coming + min(2, len(late)), 3),
            **{("", region.pk): (None, 1) for region in Region.objects.filter(name="EMEA")},
        },
        hours=48,
        by=company.planner,
        at=now - timedelta(hours=5),
    )
    tend_waiting_lists(now - timedelta(hours=4))


def _forwarded(kickoff: Kickoff, now: datetime) -> None:
    """Somebody gave their link to a colleague whom nobody had put on the roster."""
    silent = Attendee.objects.filter(kickoff=kickoff, kind=_Kind.STAFF, rsvp="PENDING")
    owner, left_out = silent.order_by("pk").first(), silent.order_by("pk").last()
    if owner is None or left_out is None or owner == left_out:
        return
    left_out.delete()
    SeatRequest.objects.create(
        attendee=owner, person=left_out.person, asked_at=now - timedelta(hours=7)
    )
