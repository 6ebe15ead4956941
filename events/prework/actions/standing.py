"""What every verb of a person's own item begins with, and how it becomes done."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.ui.figures import day
from events.prework import queries
from events.prework.actions.refusals import PreworkRefused, refuse_archived
from events.prework.models import PreworkItem, PreworkItemQuerySet
from events.prework.rules import reminder_key
from people.accounts.models import Person
from people.notices.actions import call_off
from people.notices.models import Notice


def standing_item(item_id: int) -> PreworkItem:
    """
    An item with its assignment, kickoff and person.

    :raises PreworkRefused: its kickoff is archived, or its assignment withdrawn
    """
    item = PreworkItem.objects.select_related("assignment__kickoff", "person").get(pk=item_id)
    refuse_archived(item.assignment.kickoff)
    if item.assignment.is_withdrawn:
        raise PreworkRefused(withdrawn())
    return item


def own_item(item_id: int, by: Person, at: datetime) -> PreworkItem:
    """
    An item of one's own that can be done now.

    :raises PreworkRefused: it is somebody else's, was withdrawn, or is not open yet
    """
    item = standing_item(item_id)
    if item.person_id != by.pk:
        raise PreworkRefused(_("This is somebody else’s pre-work."))
    opens_at = item.assignment.opens_at()
    if opens_at and at < opens_at and item.assignment.opens_date:
        said = _("This opens on %(day)s.") % {"day": day(item.assignment.opens_date, "long")}
        raise PreworkRefused(said)
    if not item.is_done and item.pk in queries.held_up(by, item.assignment.kickoff):
        raise PreworkRefused(_("Do what is due before it first: your pre-work goes in order."))
    return item


def withdrawn() -> str:
    """That nobody has to do it any more."""
    return _("This pre-work was withdrawn. Nobody has to do it any more.")


def rows_of(item: PreworkItem) -> PreworkItemQuerySet:
    """The item if its assignment still stands: checked again by the UPDATE itself."""
    return PreworkItem.objects.not_withdrawn().filter(pk=item.pk)


def done_now(item: PreworkItem, at: datetime, **values: Any) -> bool:
    """
    Make an item done, with values that belong to it; False where it is already. A reminder of it that
    has not left yet is sent no more.
    """
    now = {"state": PreworkItem.State.DONE, "done_at": at, **values}
    if not rows_of(item).exclude(state=PreworkItem.State.DONE).update(**now):
        return False
    about = reminder_key(item.assignment_id, item.person_id)
    told = Notice.objects.filter(person=item.person_id, key__startswith=about)
    call_off(notices=told, why=_("It was done meanwhile."), at=at)
    return True
