"""Guests from outside: two who speak and one on the panel, on today and ahead, with what is due."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agenda.sessions.models import Part, Session, SessionPerson
from events.attendance.models import Attendee
from events.guests.actions import invite_guest
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from events.needs.actions import answer_form
from events.needs.models import NeedForm
from people.mail.models import Message
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody from outside: as what they come, and in which session they speak."""

    name: str
    email: str
    company: str
    kind: Guest.Kind
    purpose: str
    speaks_in: str = ""


OUTSIDERS = (
    Outsider(
        "Beatriz Lourenço",
        "beatriz@lourenco.example",
        "Transportes Lourenço",
        Guest.Kind.SPEAKER,
        "You show the night on which a warm pallet was reported before your driver knew.",
        "Coldline 4, live on a real route",
    ),
    Outsider(
        "Hannes Akkerman",
        "hannes@akkerman.example",
        "Akkerman Pricing",
        Guest.Kind.SPEAKER,
        "You lead the second half: three ways to price one renewal.",
        "Renewal pricing, hands-on",
    ),
    Outsider(
        "Maren Falkenberg",
        "maren@customer.example",
        "Nordhavn Cold Store",
        Guest.Kind.PANELIST,
        "You sit on the panel of customers, and stay for dinner if you can.",
    ),
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Of those ahead the first comes and has said what she eats, the last has not opened her link."""
    for kickoff in (kickoffs.today, kickoffs.ahead):
        for number, one in enumerate(OUTSIDERS):
            guest = invite_guest(
                kickoff=kickoff,
                name=one.name,
                email=one.email,
                company=one.company,
                kind=one.kind,
                purpose=one.purpose,
                takes_place=True,
                by=company.planner,
                at=now - timedelta(days=8 - number),
            )
            is_on = kickoff == kickoffs.today
            if is_on or number < 2:
                _has_come(guest)
            if is_on or number < 1:
                _comes(guest, guest.invited_at + timedelta(hours=5))
            if is_on:
                _is_here(guest, kickoff.doors_open_at + timedelta(minutes=40 + number))
    mails = Message.objects.filter(key__startswith="guest:")
    mails.update(state=Message.State.SENT, sent_at=now - timedelta(days=6), body="")
    seat = Attendee.objects.get(kickoff=kickoffs.ahead, person__email=OUTSIDERS[0].email)
    form = NeedForm.objects.get(kickoff=kickoffs.ahead, kind="DIET")
    said = {"diet": "vegetarian"}
    answer_form(form=form, attendee=seat, values=said, by=seat.person, at=now - timedelta(days=5))


def parts(kickoff: Kickoff, sessions: Sequence[Session]) -> Iterator[SessionPerson]:
    """The parts of guests in the sessions of a kickoff of theirs."""
    people = {guest.person.email: guest.person for guest in kickoff.guests.select_related("person")}
    speakers = {one.speaks_in: people.get(one.email) for one in OUTSIDERS}
    for session in sessions:
        if person := speakers.get(session.title):
            yield SessionPerson(session=session, person=person, part=Part.SPEAKER)


def _has_come(guest: Guest) -> None:
    guest.came_at = guest.invited_at + timedelta(hours=4)
    guest.save(update_fields=["came_at"])


def _is_here(guest: Guest, at: datetime) -> None:
    Attendee.objects.filter(kickoff=guest.kickoff, person=guest.person).update(checked_in_at=at)


def _comes(guest: Guest, at: datetime) -> None:
    seats = Attendee.objects.filter(kickoff=guest.kickoff, person=guest.person)
    seats.update(invited_at=guest.invited_at, rsvp=Attendee.Rsvp.YES, answered_at=at)
