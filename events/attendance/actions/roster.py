"""Somebody on a roster: added, taken off, invited."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from events.attendance import hooks, queries
from events.attendance.actions.mails import invitation, mark_invited
from events.attendance.actions.refusals import RosterRefused, refuse_unless_open
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry
from people.notices.actions import tell
from people.org.actions import Move, move_people
from people.org.models import Region
from people.org.queries import is_at_or_above, is_here


@dataclass(frozen=True, slots=True)
class Details:
    """What a planner says of somebody who is put on the roster by hand."""

    email: str
    full_name: str
    kind: str
    function: str = Person.Function.SALES
    job_title: str = ""
    region: Region | None = None
    manager: Person | None = None


@transaction.atomic
def add_attendee(*, kickoff: Kickoff, details: Details, by: Person, at: datetime) -> Attendee:
    """
    Put one person on the roster; a new address makes a new person.

    Somebody who is in the company already is added as they are: nothing of theirs is changed.

    :raises RosterRefused: they are on the roster, or no longer active; or the planner would put a
        seller under themselves
    """
    person = Person.objects.filter(email__iexact=details.email).first()
    if person is None:
        person = _new_person(kickoff, details, by, at)
    elif not is_here(person, at):
        raise RosterRefused(_("%(name)s is no longer here.") % {"name": person.full_name})
    attendee, is_new = Attendee.objects.get_or_create(
        kickoff=kickoff, person=person, defaults={"kind": details.kind, "added_at": at}
    )
    if not is_new:
        raise RosterRefused(_("%(name)s is on the roster.") % {"name": person.full_name})
    record_entry(by=by, verb="attendee.added", at=at, subject=person, object=kickoff)
    hooks.follow_roster(kickoff, at)
    return attendee


@transaction.atomic
def remove_attendee(*, attendee: Attendee, by: Person, at: datetime) -> None:
    """
    Take somebody off the roster. The person stays in the company.

    :raises RosterRefused: they have checked in, or something that must be kept hangs on them
    """
    name = attendee.person.full_name
    if attendee.checked_in_at is not None:
        raise RosterRefused(_("%(name)s has checked in, and stays.") % {"name": name})
    try:
        with transaction.atomic():
            attendee.delete()
    except ProtectedError as error:
        message = _("%(name)s has things in this kickoff that are kept, and stays.")
        raise RosterRefused(message % {"name": name}) from error
    record_entry(
        by=by, verb="attendee.removed", at=at, subject=attendee.person, object=attendee.kickoff
    )
    hooks.follow_roster(attendee.kickoff, at)


@transaction.atomic
def invite_attendees(*, kickoff: Kickoff, by: Person, at: datetime) -> int:
    """
    Invite everybody on the roster who was not invited yet; return how many.

    Each gets one message through the outbox, however often this runs.

    :raises RosterRefused: the kickoff is a draft, which nobody could open; or it is over
    """
    refuse_unless_open(kickoff, at)
    # Locked and waited for: the second of two who invite at once finds nobody left
    waiting = list(queries.to_invite(kickoff, at).select_for_update(of=("self",)).order_by("pk"))
    mark_invited(waiting, at)
    tell(drafts=[invitation(attendee) for attendee in waiting], at=at)
    about = [(attendee.person, kickoff, kickoff.name) for attendee in waiting]
    record_entries_on(by=by, verb="attendee.invited", at=at, about=about)
    return len(waiting)


def _new_person(kickoff: Kickoff, details: Details, by: Person, at: datetime) -> Person:
    sells = details.function == Person.Function.SALES
    if sells and details.manager is not None and is_at_or_above(by, details.manager):
        raise RosterRefused(_("You cannot put sellers under yourself. Let somebody else do it."))
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                details.email,
                full_name=details.full_name,
                function=details.function,
                job_title=details.job_title,
                region=details.region,
                manager=details.manager,
                time_zone=kickoff.time_zone,
            )
    except IntegrityError as error:
        raise RosterRefused(_("Somebody was given this address just now. Try again.")) from error
    record_entry(by=by, verb="person.added", at=at, subject=person, object=person)
    move_people(moves=[Move(person, details.manager, is_new=True)], by=by, at=at)
    return person
