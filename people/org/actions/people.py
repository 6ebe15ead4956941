from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from people.accounts.models import Person
from people.activity.actions import record_entries
from people.org.actions.managers import Move, may_confirm_managers, move_people

_BATCH = 500


@transaction.atomic
def create_people(
    *, people: Sequence[Person], by: Person | None, at: datetime, source: str = ""
) -> None:
    """
    Write people who are new with a few statements, however many. They sign in by a code.

    Each may have a manager who is new too: managers are written before their reports. Whether a
    manager may read at once is as for `move_people`. `source` names the import, if one.
    """
    waiting = list(people)
    while waiting:
        ready = [one for one in waiting if one.manager is None or one.manager.pk is not None]
        if not ready:
            raise ValueError("Some of these people manage each other in a circle.")
        for one in ready:
            one.password = make_password(None)
            one.manager = one.manager  # who was written meanwhile has a number now
            one.confirmed_manager = one.manager if may_confirm_managers(by) else None
        Person.objects.bulk_create(ready, batch_size=_BATCH)
        waiting = [one for one in waiting if one.pk is None]
    notes = [(one, "") for one in people]
    record_entries(by=by, verb="person.imported", at=at, notes=notes)
    moves = [Move(one, one.manager, is_new=True) for one in people if one.manager]
    move_people(moves=moves, by=by, at=at, source=source)


@transaction.atomic
def change_people(
    *, changes: Iterable[tuple[Person, Mapping[str, Any]]], by: Person | None, at: datetime
) -> None:
    """Write other values into the records of people with a few statements, however many."""
    touched: set[str] = set()
    changed: list[tuple[Person, str]] = []
    for person, values in changes:
        for name, value in values.items():
            setattr(person, name, value)
        if values:
            touched |= values.keys()
            changed.append((person, ", ".join(sorted(values))))
    if changed:
        people = [person for person, _fields in changed]
        Person.objects.bulk_update(people, sorted(touched), batch_size=_BATCH)
        record_entries(by=by, verb="person.changed_by_import", at=at, notes=changed)
