"""Who has the door."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.door.actions.refusals import DoorRefused
from agenda.door.models import Doorkeeper
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.queries import is_here


@transaction.atomic
def name_keeper(*, kickoff: Kickoff, person: Person, by: Person, at: datetime) -> Doorkeeper:
    """
    Give somebody the door of a kickoff. Twice is as once.

    :raises DoorRefused: they have left
    """
    if not is_here(person, at):
        raise DoorRefused(_("%(name)s is no longer here.") % {"name": person.full_name})
    keeper, is_new = Doorkeeper.objects.get_or_create(
        kickoff=kickoff, person=person, defaults={"named_at": at}
    )
    if is_new:
        record_entry(by=by, verb="door.given", at=at, subject=person, object=kickoff)
    return keeper


@transaction.atomic
def dismiss_keeper(*, keeper: Doorkeeper, by: Person, at: datetime) -> None:
    """Take the door back. What they scanned stays; what their phone has yet to send is refused."""
    record_entry(by=by, verb="door.taken", at=at, subject=keeper.person, object=keeper.kickoff)
    keeper.delete()
