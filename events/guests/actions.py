"""Guests: invited by a link, let in by it once, made colleagues, sent home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.ui.figures import day
from events.attendance import hooks as roster_hooks
from events.attendance.actions import RosterRefused, refuse_unless_open, remove_attendee, where
from events.attendance.models import Attendee
from events.guests import queries
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented
from people.accounts.actions import PersonRefused
from people.accounts.limited import close_limited_account, open_limited_account, widen_account
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.mail.actions import Draft, queue_message
from people.notices.hooks import someone


class GuestRefused(Exception):
    """Nothing changed. The message is fit to show; `field` names what it is about, if one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def invite_guest(
    *,
    kickoff: Kickoff,
    name: str,
    email: str,
    company: str,
    kind: str,
    by: Person,
    at: datetime,
    purpose: str = "",
    takes_place: bool = False,
) -> Guest:
    """
    Invite somebody from outside to one kickoff, and mail them a link that lets them in once. With
    `takes_place` they stand on its roster too: counted, asked whether they come and what they need.

    Somebody who is its guest already is invited anew, as these words say.

    :raises GuestRefused: the kickoff is a draft or over; somebody of the company has the address
    """
    try:
        refuse_unless_open(kickoff, at)
        person = open_limited_account(
            email=email, full_name=name, time_zone=kickoff.time_zone, by=by, at=at
        )
    except RosterRefused as refusal:
        raise GuestRefused(str(refusal)) from refusal
    except PersonRefused as refusal:
        raise GuestRefused(str(refusal), refusal.field) from refusal
    said = {"kind": kind, "company": company, "purpose": purpose}
    guest, _is_new = Guest.objects.update_or_create(
        kickoff=kickoff, person=person, defaults=said | _afresh(by, at)
    )
    if takes_place:
        give_place(guest=guest, by=by, at=at)
    note = str(guest.get_kind_display())
    record_entry(by=by, verb="guest.invited", at=at, subject=person, object=kickoff, note=note)
    _mail(guest, at)
    return guest


@transaction.atomic
def invite_again(*, guest: Guest, by: Person, at: datetime) -> Guest:
    """
    Mail a guest a new link, also one who was sent home; the one before it lets nobody in.

    :raises GuestRefused: the kickoff is over, or they work here now
    """
    person = guest.person
    return invite_guest(
        kickoff=guest.kickoff,
        name=person.full_name,
        email=person.email,
        company=guest.company,
        kind=guest.kind,
        purpose=guest.purpose,
        by=by,
        at=at,
    )


@transaction.atomic
def let_in(*, guest: Guest, at: datetime) -> Person:
    """
    Use up a guest's link; the UPDATE decides, so of two taps at once one lets them in.

    :raises GuestRefused: it was used, has expired, or the planners have ended it
    """
    rows = Guest.objects.staying().filter(
        pk=guest.pk, came_at=None, invited_at=guest.invited_at, person__is_active=True
    )
    if not guest.lets_in(at) or not rows.update(came_at=at):
        raise GuestRefused(_("This link lets nobody in any more."))
    record_entry(
        by=guest.person, verb="guest.came", at=at, subject=guest.person, object=guest.kickoff
    )
    return guest.person


@transaction.atomic
def give_place(*, guest: Guest, by: Person, at: datetime) -> Attendee:
    """Put a guest on the roster, as a speaker or a guest; who stands there keeps their place."""
    kind = Attendee.Kind.GUEST if guest.kind == Guest.Kind.GUEST else Attendee.Kind.SPEAKER
    seat, is_new = Attendee.objects.get_or_create(
        kickoff=guest.kickoff, person=guest.person, defaults={"kind": kind, "added_at": at}
    )
    if is_new:
        record_entry(
            by=by, verb="attendee.added", at=at, subject=guest.person, object=guest.kickoff
        )
        roster_hooks.follow_roster(guest.kickoff, at)
    return seat


@transaction.atomic
def end_guest(*, guest: Guest, by: Person | None, at: datetime) -> None:
    """
    Send a guest home: they see this kickoff no more and, where it is their only one, are signed out
    and let in no more. Before the event they leave its roster too. Nobody acts where it is archived.
    """
    if not Guest.objects.filter(pk=guest.pk, ended_at=None).update(ended_at=at):
        return
    record_entry(by=by, verb="guest.ended", at=at, subject=guest.person, object=guest.kickoff)
    seat = Attendee.objects.filter(kickoff=guest.kickoff_id, person=guest.person_id).first()
    is_free = seat is not None and seat.checked_in_at is None
    if seat and is_free and by is not None and at < guest.kickoff.doors_open_at:
        # What must be kept of theirs may hang on it: they stay on it then, as one who has left
        with suppress(RosterRefused):
            remove_attendee(attendee=seat, by=by, at=at)
    if not Guest.objects.staying().filter(person=guest.person_id).exists():
        close_limited_account(person=guest.person, by=by, at=at)


@transaction.atomic
def make_colleague(*, guest: Guest, by: Person, at: datetime) -> None:
    """
    Make the account of a guest a full one, as they work here now; they are a guest nowhere.

    :raises GuestRefused: it is a full one, or `by` is no planner
    """
    try:
        widen_account(person=guest.person, by=by, at=at)
    except PersonRefused as refusal:
        raise GuestRefused(str(refusal)) from refusal
    Guest.objects.filter(person=guest.person, ended_at=None).update(ended_at=at)


def end_past(at: datetime) -> dict[str, int]:
    """The part of the tick: guests of archived kickoffs go home."""
    past = Guest.objects.filter(ended_at=None, kickoff__status=Kickoff.Status.ARCHIVED)
    found = list(past.select_related("person", "kickoff"))
    for guest in found:
        end_guest(guest=guest, by=None, at=at)
    return {"sent_home": len(found)}


def invitation(guest: Guest, link: str) -> Draft:
    """The mail that lets a guest in."""
    kickoff, by = guest.kickoff, guest.invited_by
    shown = {
        "name": guest.person.display_name,
        "by": by.display_name if by else _("The planners"),
        "kickoff": kickoff.name,
        "kind": guest.get_kind_display(),
        "days": day(kickoff.starts_date, "long"),
        "where": where(kickoff) or kickoff.get_format_display(),
        "link": link,
        "until": day(guest.link_ends_at.astimezone(kickoff.zone), "long"),
    }
    lines = [
        _("Hello %(name)s,"),
        _(
            "%(by)s invites you to %(kickoff)s from %(days)s, %(where)s. You are there as: %(kind)s."
        ),
        _("Your sessions, and what we still need from you, stand here: %(link)s"),
        _(
            "The link is yours alone. It lets you in once, until %(until)s; later a code that we mail"
            " you does. You need no password."
        ),
    ]
    if guest.purpose:
        lines.insert(2, guest.purpose.replace("%", "%%"))
    return Draft(
        key=f"guest:{guest.pk}:{guest.invited_at.isoformat()}",
        person=guest.person,
        subject=_("You are invited to %(kickoff)s") % shown,
        body="\n\n".join(line % shown for line in lines) + "\n",
        button=_("See what is yours"),
    )


def shown_mails() -> Iterator[Draft]:
    """The mail of a guest, for the page that shows it."""
    guest = Guest(
        pk=0,
        kickoff=invented(),
        person=someone(),
        invited_by=someone("Priya Raghunathan"),
        invited_at=datetime(2027, 1, 5, tzinfo=UTC),
        purpose=_("You speak on what made your team buy."),
    )
    yield invitation(guest, queries.link_of(guest))


def _afresh(by: Person, at: datetime) -> dict[str, object]:
    return {"invited_by": by, "invited_at": at, "came_at": None, "ended_at": None}


def _mail(guest: Guest, at: datetime) -> None:
    mail = invitation(guest, queries.link_of(guest))
    queue_message(
        key=mail.key,
        person=guest.person,
        subject=mail.subject,
        body=mail.body,
        button=mail.button,
        is_secret=True,
        at=at,
    )
