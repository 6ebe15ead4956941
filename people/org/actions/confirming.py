from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from people.accounts.models import ManagerChange, Person
from people.activity.actions import record_entries
from people.org import queries, rules
from people.org.actions import notices
from people.org.actions.refusals import OrgRefused


@transaction.atomic
def confirm_managers(*, changes: Mapping[int, int], by: Person, at: datetime) -> list[Person]:
    """
    Let new managers read packets, notes and scores; return the people whose manager it is.

    `changes` says whose (id) and which manager (id) RevOps was shown: where somebody has yet
    another manager by now, nothing opens. Managers and people are told.

    :raises OrgRefused: `by` is not RevOps
    """
    people = _waiting(changes, by)
    Person.objects.filter(pk__in=[person.pk for person in people]).update(
        confirmed_manager=F("manager")
    )
    _settle(people, "person.manager_confirmed", by, at)
    notices.tell_confirmed(people, at=at)
    return people


@transaction.atomic
def refuse_managers(*, changes: Mapping[int, int], by: Person, at: datetime) -> list[Person]:
    """
    Put people back under the manager whom RevOps had confirmed, or under nobody; return them.

    `changes` is as for confirming. People, their managers and those who asked are told.

    :raises OrgRefused: `by` is not RevOps; or somebody would come to stand above themselves
    """
    people = _waiting(changes, by)
    asked_by = {
        change.person_id: change.asked_by
        for change in ManagerChange.objects.filter(person__in=people).select_related("asked_by")
    }
    Person.objects.filter(pk__in=[person.pk for person in people]).update(
        manager=F("confirmed_manager")
    )
    tree = queries.planned_tree()
    for person in people:
        person.manager = person.confirmed_manager
        _refuse_circle(person, tree)
    _settle(people, "person.manager_refused", by, at)
    notices.tell_refused([(person, asked_by.get(person.pk)) for person in people], by=by, at=at)
    return people


def _waiting(changes: Mapping[int, int], by: Person) -> list[Person]:
    if not by.is_revops:
        raise OrgRefused(_("Only RevOps says who may read packets."))
    waiting = Person.objects.with_new_manager().filter(pk__in=changes)
    # One order, as all who move people lock them
    locked = list(waiting.order_by("pk").select_for_update().values_list("pk", "manager_id"))
    as_shown = [pk for pk, manager_id in locked if changes[pk] == manager_id]
    people = Person.objects.select_related("manager", "confirmed_manager")
    return list(people.filter(pk__in=as_shown).order_by("full_name", "pk"))


def _settle(people: list[Person], verb: str, by: Person, at: datetime) -> None:
    ManagerChange.objects.filter(person__in=people).delete()
    notes = [(person, person.manager.full_name if person.manager else "") for person in people]
    record_entries(by=by, verb=verb, at=at, notes=notes)


def _refuse_circle(person: Person, tree: Mapping[int, int | None]) -> None:
    if rules.is_above(tree, person.pk, person.pk):
        raise OrgRefused(
            _("%(person)s cannot go back under %(manager)s, who reports to them by now.")
            % {
                "person": person.full_name,
                "manager": person.manager.full_name if person.manager else "",
            }
        )
