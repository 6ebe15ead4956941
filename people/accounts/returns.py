"""
Somebody who had left or was deactivated, and comes back: the account that they had opens once RevOps agrees.

It holds what they read and whom they managed, and somebody else may have their address by now. No
session, token or report returns by itself: they sign in anew, and whom they manage is confirmed anew.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts import roles
from people.accounts.models import Person, ReturnChange
from people.activity.actions import record_entry
from people.keys.actions import end_keys_of
from people.org.actions import hold_line_of
from people.org.rules import last_day_is_over


class ReturnRefused(Exception):
    """Who had left stays so. The message is fit to show."""


def comes_back(person: Person, day: date | None, at: datetime) -> bool:
    """Whether somebody has left, and would be here again with another last day."""
    zone = person.time_zone
    left = last_day_is_over(leave_date=person.leave_date, time_zone=zone, at=at)
    return left and not last_day_is_over(leave_date=day, time_zone=zone, at=at)


def waits_for_revops(by: Person | None) -> bool:
    """
    Whether somebody whom `by` lets come back waits: not where RevOps or the command line (`None`)
    says it, nor before anybody is RevOps, as there is nobody to ask.
    """
    return by is not None and not by.is_revops and Person.objects.revops().exists()


@transaction.atomic
def hold_returns(
    *, days: Iterable[tuple[Person, date | None]], by: Person | None, at: datetime, source: str = ""
) -> int:
    """
    Keep who is to be back and until which last day; return how many are asked for anew. The same
    one asked for again waits as before. `source` names the import, if one.
    """
    asked = 0
    for person, day in days:
        if ReturnChange.objects.filter(person=person, leave_date=day).exists():
            continue
        said = {"leave_date": day, "asked_by": by, "asked_at": at, "source": source}
        ReturnChange.objects.update_or_create(person=person, defaults=said)
        end_keys_of(person)
        _record(person, "person.return_asked", by, at, source)
        asked += 1
    return asked


@transaction.atomic
def agree_to_return(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Let somebody have the account back that they had.

    :raises ReturnRefused: `by` is not RevOps; or it was decided or asked for anew meanwhile
    """
    change = _take(change_id, by)
    roles.lock_revops()
    let_back(person=change.person, day=change.leave_date, by=by, at=at)
    return change.person


def let_back(*, person: Person, day: date | None, by: Person, at: datetime) -> None:
    """
    Open the account again until a last day, inside the caller's transaction and behind
    `lock_revops`. Who was RevOps waits until one of them agrees, and whom they manage is theirs to
    read once RevOps has confirmed it again. That `by` may say so is the caller's to see to.
    """
    person.leave_date, person.is_active = day, True
    person.save(update_fields=["leave_date", "is_active"])
    end_keys_of(person)
    roles.hold_returning(person=person, by=by, at=at)
    hold_line_of(manager=person)
    _record(person, "person.returned", by, at)


@transaction.atomic
def agree_to_all(*, by: Person, at: datetime) -> int:
    """Let everybody have their account back who waits for it; return how many. As one by one."""
    waiting = list(ReturnChange.objects.order_by("pk").values_list("pk", flat=True))
    for change_id in waiting:
        agree_to_return(change_id=change_id, by=by, at=at)
    return len(waiting)


@transaction.atomic
def refuse_return(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Leave somebody as one who has left.

    :raises ReturnRefused: `by` is not RevOps; or it was decided or asked for anew meanwhile
    """
    person = _take(change_id, by).person
    _record(person, "person.return_refused", by, at)
    return person


def _take(change_id: int, by: Person) -> ReturnChange:
    """The change, gone from the table: of two who decide at once, one does."""
    if not by.is_revops:
        raise ReturnRefused(_("Only RevOps lets somebody have their account back."))
    change = ReturnChange.objects.select_related("person").filter(pk=change_id).first()
    if change is None or not ReturnChange.objects.filter(pk=change_id).delete()[0]:
        raise ReturnRefused(_("This was decided or asked for anew in the meantime."))
    return change


def _record(person: Person, verb: str, by: Person | None, at: datetime, note: str = "") -> None:
    record_entry(by=by, verb=verb, at=at, subject=person, object=person, note=note)
