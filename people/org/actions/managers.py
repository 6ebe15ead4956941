from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people.accounts.models import ManagerChange, Person
from people.activity.actions import record_entries
from people.org import queries, rules
from people.org.actions import notices
from people.org.actions.refusals import OrgRefused

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody on their way under a manager. `is_new`: they came into the company just now."""

    person: Person
    manager: Person | None
    is_new: bool = False


def may_confirm_managers(by: Person | None) -> bool:
    """
    Whether a manager whom somebody gives may read at once: given by RevOps, who read all of it
    themselves, or by the command line (`None`), which is whoever runs the machine.
    """
    return by is None or by.is_revops


@transaction.atomic
def set_manager(
    *, person: Person, manager: Person | None, by: Person | None, at: datetime
) -> Person:
    """
    Put a person under a manager, or under nobody.

    The person and the whole chain above the new manager are locked, in one order, so that two
    moves made at once cannot close a cycle between them.

    Managers up the line read packets, so nobody puts anybody under themselves, and what somebody
    else may come to read by it waits for RevOps: see `move_people`.

    :raises OrgRefused: the manager reports to the person; the message names the cycle. Or `by`
        would come to stand above the person, or the manager is a guest
    """
    if manager is not None and manager.is_guest:
        raise OrgRefused(_("%(name)s is a guest, and manages nobody.") % {"name": manager})
    if manager is not None and person.manager_id != manager.pk:
        above = queries.managers_above(manager).values("pk")
        locked = Person.objects.filter(Q(pk__in=[person.pk, manager.pk]) | Q(pk__in=above))
        list(locked.order_by("pk").select_for_update().values_list("pk"))
        manager.refresh_from_db(fields=["manager"])
        _refuse_cycle(person, manager)
        if by is not None:
            _refuse_line_of_ones_own(person, manager, by)
    move_people(moves=[Move(person, manager)], by=by, at=at)
    return person


@transaction.atomic
def move_people(
    *, moves: Iterable[Move], by: Person | None, at: datetime, source: str = ""
) -> list[Person]:
    """
    Put people under managers with a few statements, however many; return those who wait.

    Names and duties follow at once. Packets, notes and scores open once RevOps has confirmed,
    unless it is RevOps or the command line that moves them, or the new manager is one whom RevOps
    has confirmed above them already: then nobody comes to see what they did not. Of each who
    waits, the person, who managed them, and RevOps are told. `source` names the import, if one.

    That nobody stands above themselves is the caller's to see to.
    """
    all_moves = {move.person.pk: move for move in moves}
    stored = {
        pk: (manager_id, confirmed_id)
        for pk, manager_id, confirmed_id in Person.objects.filter(pk__in=all_moves)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", "manager_id", "confirmed_manager_id")
    }
    tree = {} if may_confirm_managers(by) else queries.confirmed_tree()
    moved: list[Move] = []
    for pk, move in all_moves.items():
        person, manager_id = move.person, move.manager.pk if move.manager else None
        confirmed_id = stored[pk][1]
        if manager_id is None or may_confirm_managers(by) or rules.is_above(tree, manager_id, pk):
            confirmed_id = manager_id
        person.manager, person.confirmed_manager_id = move.manager, confirmed_id
        if move.is_new or (manager_id, confirmed_id) != stored[pk]:
            moved.append(move)
    _save(moved, stored)
    managed = {pk: None if all_moves[pk].is_new else one[0] for pk, one in stored.items()}
    _note(moved, managed, by, at)
    return _let_wait(moved, managed, by, at, source)


def _save(moved: Sequence[Move], stored: Mapping[int, tuple[int | None, int | None]]) -> None:
    people = [move.person for move in moved]
    planned = [one for one in people if one.manager_id != stored[one.pk][0]]
    confirmed = [one for one in people if one.confirmed_manager_id != stored[one.pk][1]]
    # Apart, since most moves of many change one of the two
    Person.objects.bulk_update(planned, ["manager"], batch_size=_BATCH)
    Person.objects.bulk_update(confirmed, ["confirmed_manager"], batch_size=_BATCH)


def _note(
    moved: Sequence[Move], before: Mapping[int, int | None], by: Person | None, at: datetime
) -> None:
    notes: dict[str, list[tuple[Person, str]]] = {}
    for move in moved:
        if not move.is_new:
            is_same = move.person.manager_id == before[move.person.pk]
            verb = "person.manager_confirmed" if is_same else "person.manager_changed"
            name = move.manager.full_name if move.manager else ""
            notes.setdefault(verb, []).append((move.person, name))
    for verb, about in notes.items():
        record_entries(by=by, verb=verb, at=at, notes=about)


def _let_wait(
    moved: Sequence[Move],
    before: Mapping[int, int | None],
    by: Person | None,
    at: datetime,
    source: str,
) -> list[Person]:
    ManagerChange.objects.filter(person__in=[move.person.pk for move in moved]).delete()
    waiting = [move for move in moved if move.person.has_new_manager]
    if not waiting:
        return []
    ManagerChange.objects.bulk_create(
        [
            ManagerChange(person=move.person, asked_by=by, asked_at=at, source=source[:160])
            for move in waiting
        ],
        batch_size=_BATCH,
    )
    managers = Person.objects.in_bulk([pk for pk in before.values() if pk is not None])
    notices.tell_waiting(
        [
            notices.Waiting(move.person, managers.get(before[move.person.pk] or 0), move.is_new)
            for move in waiting
        ],
        by=by,
        at=at,
    )
    return [move.person for move in waiting]


def hold_line_of(*, manager: Person) -> None:
    """
    Let a manager who comes back wait for RevOps as a new one does.

    Names and duties stay with them. What they read years ago is no leave to read today.
    """
    Person.objects.filter(confirmed_manager=manager).update(confirmed_manager=None)


def _refuse_cycle(person: Person, manager: Person) -> None:
    if manager.pk == person.pk:
        raise OrgRefused(_("%(name)s cannot be their own manager.") % {"name": person.display_name})
    chain = [manager, *queries.chain_above(manager)]
    places = [boss.pk for boss in chain]
    if person.pk not in places:
        return
    cycle = [person, *chain[: places.index(person.pk) + 1]]
    raise OrgRefused(
        _("%(manager)s reports to %(person)s, so this would be a circle: %(cycle)s.")
        % {
            "manager": manager.display_name,
            "person": person.display_name,
            "cycle": " → ".join(each.display_name for each in cycle),
        }
    )


def _refuse_line_of_ones_own(person: Person, manager: Person, by: Person) -> None:
    if queries.is_at_or_above(by, manager) and not queries.is_in_line(by, person.pk):
        raise OrgRefused(_("You cannot put people under yourself. Ask another planner."))
