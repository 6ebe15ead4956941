"""
Somebody who is to be RevOps: it waits until somebody of RevOps agrees.

Whoever is RevOps reads every packet, so no planner lets anybody in as such.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts import notices
from people.accounts.models import Person, RoleChange
from people.activity.actions import record_entry

REVOPS = Person.Role.REVOPS


class RoleRefused(Exception):
    """The role stays as it is. The message is fit to show."""


def opens_packets(role: str) -> bool:
    """
    Whether a role waits for RevOps. Before anybody is RevOps there is nobody to ask, and nothing to
    read: the first one is let in at once.
    """
    return role == REVOPS and Person.objects.filter(role=REVOPS).exists()


def hold_role(*, person: Person, by: Person, at: datetime) -> RoleChange:
    """Keep that somebody is to be RevOps, inside the caller's transaction; the newest counts."""
    RoleChange.objects.filter(person=person).delete()
    change = RoleChange.objects.create(person=person, asked_by=by, asked_at=at)
    _record(person, "person.role_asked", by, at)
    notices.tell_role_waits(change, at)
    return change


def lock_revops() -> None:
    """
    Let what takes or gives back the role be done one after the other: of two at once, each would
    find the other. Before anything is written.
    """
    all_of_them = Person.objects.filter(role=REVOPS).order_by("pk")
    list(all_of_them.select_for_update().values_list("pk"))


def refuse_last_revops(person: Person) -> None:
    """
    Keep the last one of RevOps who may sign in: without one, the next would be let in at once.

    :raises RoleRefused: nobody else is RevOps
    """
    lock_revops()
    if not Person.objects.revops().exclude(pk=person.pk).exists():
        raise RoleRefused(_("Nobody else is RevOps. Let another one in first."))


def hold_returning(*, person: Person, by: Person, at: datetime) -> None:
    """
    Let somebody of RevOps who comes back wait as whoever is new does, inside the caller's
    transaction and behind `lock_revops`: they may have left years ago. The only one does not wait.
    """
    person.refresh_from_db(fields=["role"])
    if person.is_revops and Person.objects.filter(role=REVOPS).exclude(pk=person.pk).exists():
        person.role = ""
        person.save(update_fields=["role"])
        _record(person, "person.role_changed", by, at, f"{REVOPS} → ")
        hold_role(person=person, by=by, at=at)


@transaction.atomic
def agree_to_role(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Let somebody in as RevOps.

    :raises RoleRefused: `by` is not RevOps; or it was decided or replaced in the meantime
    """
    change = _take(change_id, by)
    return let_in_revops(person=change.person, by=by, at=at)


@transaction.atomic
def let_in_revops(*, person: Person, by: Person | None, at: datetime) -> Person:
    """
    Make somebody RevOps, as RevOps or the command line (`None`) says; all of RevOps is told.

    That `by` may say so is the caller's to see to.
    """
    RoleChange.objects.filter(person=person).delete()
    before, person.role = person.role, REVOPS.value
    person.save(update_fields=["role"])
    _record(person, "person.role_changed", by, at, f"{before} → {person.role}")
    notices.tell_revops(person, by, at)
    return person


@transaction.atomic
def refuse_role(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Leave somebody the role that they have; whoever asked is told.

    :raises RoleRefused: `by` is not RevOps; or it was decided or replaced in the meantime
    """
    change = _take(change_id, by)
    _record(change.person, "person.role_refused", by, at)
    notices.tell_role_stays(change, at)
    return change.person


def _take(change_id: int, by: Person) -> RoleChange:
    """The change, gone from the table: of two who decide at once, one does."""
    if not by.is_revops:
        raise RoleRefused(_("Only RevOps says who else is RevOps."))
    changes = RoleChange.objects.select_related("person", "asked_by")
    change = changes.select_for_update(of=("self",)).filter(pk=change_id).first()
    if change is None or not RoleChange.objects.filter(pk=change_id).delete()[0]:
        raise RoleRefused(_("This was decided or asked for anew in the meantime."))
    return change


def _record(
    person: Person, verb: str, by: Person | None, at: datetime, note: str = "REVOPS"
) -> None:
    record_entry(by=by, verb=verb, at=at, subject=person, object=person, note=note)
