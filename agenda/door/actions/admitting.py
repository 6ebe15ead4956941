"""People let in without a scan: from a list on paper, or though they are not on the roster."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.door.actions.refusals import DoorRefused
from agenda.door.actions.scanning import Heard, Said, record_scans
from agenda.door.models import Badge, Scan
from agenda.door.rules import Kind
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entries, record_entry
from people.org.queries import is_here


@transaction.atomic
def mark_from_paper(
    *, kickoff: Kickoff, people: Collection[Person], came_at: datetime, by: Person, at: datetime
) -> int:
    """
    Check several people in afterwards, from a list on paper; return how many were not in before.

    :raises DoorRefused: somebody is not on the roster, or the moment is still to come
    """
    if came_at > at:
        raise DoorRefused(_("That moment is still to come."))
    found = Attendee.objects.filter(kickoff=kickoff, person__in=people)
    seats = list(found.select_related("person"))
    strangers = {one.pk: one for one in people}
    for seat in seats:
        strangers.pop(seat.person_id)
    if strangers:
        names = ", ".join(one.full_name for one in strangers.values())
        raise DoorRefused(
            _("Not on the roster: %(names)s. Check them in as walk-ins.") % {"names": names}
        )
    paper = Scan.How.PAPER
    said = [
        Said(key=uuid4(), kind=Kind.IN, how=paper, attendee_id=seat.pk, at=came_at)
        for seat in seats
    ]
    record_scans(kickoff=kickoff, scans=said, device="", sent_at=at, by=by, at=at)
    notes = [(seat.person, kickoff.name) for seat in seats]
    record_entries(by=by, verb="door.marked", at=at, notes=notes)
    return sum(1 for seat in seats if seat.checked_in_at is None)


@transaction.atomic
def admit_walk_in(
    *, kickoff: Kickoff, person: Person, kind: str, device: str, by: Person, at: datetime
) -> Heard:
    """
    Let somebody of the company in who is not on the roster: they are put on it, and it is said so.

    :raises DoorRefused: they have left, or would be on it as a rep, to whom a packet is owed
    """
    if not is_here(person, at):
        raise DoorRefused(_("%(name)s is no longer here.") % {"name": person.full_name})
    if kind == Attendee.Kind.REP:
        raise DoorRefused(_("A rep is owed a packet: a planner puts them on the roster."))
    seat, is_new = Attendee.objects.get_or_create(
        kickoff=kickoff, person=person, defaults={"kind": kind, "added_at": at}
    )
    if is_new:
        Badge.objects.create(attendee=seat, made_at=at)
        record_entry(by=by, verb="door.walked_in", at=at, subject=person, object=kickoff)
    how = Scan.How.WALK_IN if is_new else Scan.How.NAME
    said = Said(key=uuid4(), kind=Kind.IN, how=how, attendee_id=seat.pk, at=at)
    return record_scans(kickoff=kickoff, scans=[said], device=device, sent_at=at, by=by, at=at)[0]
