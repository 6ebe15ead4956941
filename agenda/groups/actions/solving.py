"""Searching for groups, by a worker: begun, done, stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agenda.groups.actions.drafting import (
    GroupsChanged,
    GroupsRefused,
    open_draft,
    put,
    rows_of,
    stand,
    sync_places,
)
from agenda.groups.actions.searching import search
from agenda.groups.models import Group, Grouping, Place, Round, Solving
from agenda.groups.queries.board import Board, mark_of
from agenda.groups.rules.bounds import Collision, Impossible
from agenda.groups.rules.settings import Settings
from agenda.groups.rules.solving import Asked, Found, Pinned
from core.due import leases
from people.accounts.models import Person
from people.activity.actions import record_entry

LEASE = timedelta(minutes=3)  # longer than it takes between two signs of life
SECONDS, MOST_SECONDS = 10, 300
MOST_PEOPLE = 2_000  # of one grouping: pairs are weighed, and there are four million of them
State = Solving.State


@transaction.atomic
def start_solving(*, grouping: Grouping, seconds: int, by: Person, at: datetime) -> Solving:
    """
    Queue a search for the groups of all rounds, of at most so many seconds.

    :raises GroupsRefused: somebody is searching already, whom the text names; or there are more
        than `MOST_PEOPLE`
    """
    sync_places(grouping, at)
    people = Place.objects.filter(round__grouping=grouping, round__number=1).count()
    if people > MOST_PEOPLE:
        raise GroupsRefused(
            _("%(people)d people are more than can be grouped at once: %(most)d. Make two sets.")
            % {"people": people, "most": MOST_PEOPLE}
        )
    stuck = Solving.objects.going().filter(grouping=grouping, leased_until__lt=at)
    stuck.update(state=State.FAILED, finished_at=at, leased_until=None)
    try:
        with transaction.atomic():
            solving = Solving.objects.create(
                grouping=grouping,
                by=by,
                version=Grouping.objects.values_list("version", flat=True).get(pk=grouping.pk),
                seconds=min(max(seconds, 0), MOST_SECONDS),
                queued_at=at,
            )
    except IntegrityError:
        going = Solving.objects.going().filter(grouping=grouping).select_related("by").first()
        who = going.by.display_name if going else _("Somebody")
        raise GroupsRefused(
            _("%(name)s is solving these groups right now. Wait for it, or stop it first.")
            % {"name": who}
        ) from None
    record_entry(by=by, verb="groups.solving_started", at=at, object=grouping, note=str(seconds))
    return solving


def stop_solving(*, grouping: Grouping, by: Person, at: datetime) -> bool:
    """Stop a search; what it found so far is kept. Return whether there was one."""
    going = Solving.objects.going().filter(grouping=grouping)
    stopped = bool(going.update(is_to_stop=True))
    if stopped:
        record_entry(by=by, verb="groups.solving_stopped", at=at, object=grouping)
    return stopped


def work_solving(*, solving_id: int, clock: Callable[[], datetime]) -> bool:
    """
    Search for groups and put everybody there; return whether this call did.

    Only the call whose UPDATE claims the row works. Not to be called inside a transaction.

    :raises Exception: whatever went wrong with the work itself; the search is then FAILED
    """
    now = clock()
    row = Solving.objects.filter(pk=solving_id)
    waiting = Solving.objects.filter(state=State.WAITING)
    if not leases.take(waiting, solving_id, now + LEASE, state=State.RUNNING, started_at=now):
        return False
    held = row.filter(state=State.RUNNING)
    solving = row.select_related("grouping__kickoff", "by").get()
    try:
        state, said = _work(solving, clock)
    except Exception:
        leases.give_back(held, state=State.FAILED, finished_at=clock())
        raise
    return leases.give_back(held, state=state, said=said[:1000], finished_at=clock())


def _work(solving: Solving, clock: Callable[[], datetime]) -> tuple[str, str]:
    """What came of it, and that in words."""
    grouping, row = solving.grouping, Solving.objects.filter(pk=solving.pk)
    board = Board(grouping, clock(), to_solve=True)
    asked = [_asked(board, round_) for round_ in board.rounds]
    began = clock()

    def goes_on() -> bool:
        return not row.filter(is_to_stop=True).exists()

    def tell(number: int, found: Found) -> None:
        progress = dict(row.values_list("progress", flat=True).get())
        seconds = round((clock() - began).total_seconds(), 1)
        progress[str(number + 1)] = {
            "cost": found.cost,
            "bound": found.bound,
            "is_proven": found.is_proven,
            "seconds": seconds,
        }
        row.update(progress=progress, leased_until=clock() + LEASE)

    try:
        found = search(board.crowd, asked, seconds=solving.seconds, goes_on=goes_on, tell=tell)
    except Impossible as refusal:
        _keep_collisions(board, refusal, clock())
        return State.REFUSED, str(refusal)
    seconds = round((clock() - began).total_seconds(), 1)
    try:
        _keep(board, found, solving, seconds, clock())
    except GroupsChanged as refusal:
        return State.REFUSED, str(refusal)
    return (State.DONE if goes_on() else State.CANCELLED), ""


@transaction.atomic
def _keep(board: Board, found: list[Found], solving: Solving, seconds: float, at: datetime) -> None:
    grouping = board.grouping
    open_draft(grouping, solving.version)
    rows = []
    for round_, one in zip(board.rounds, found, strict=True):
        groups = _groups(board, round_, len(one.leaders))
        seated = rows_of(board, round_, one.leaders, one.members, groups)
        rows += seated
        round_.report = {
            "seats": mark_of((row["person_id"], row["group_id"], row["leads"]) for row in seated),
            "cost": one.cost,
            "bound": one.bound,
            "is_proven": one.is_proven,
            "gap": one.gap,
            "seconds": seconds,
            "at": at.isoformat(),
        }
    Round.objects.bulk_update(board.rounds, ["report"])
    placed = {(row["round_id"], row["person_id"]) for row in rows}
    for row in stand(grouping):
        if (row["round_id"], row["person_id"]) not in placed:
            rows.append(row | {"group_id": None, "leads": False, "is_pinned": False})
    put(grouping, rows)
    record_entry(by=solving.by, verb="groups.solved", at=at, object=grouping, note=str(seconds))


def _keep_collisions(board: Board, refusal: Impossible, at: datetime) -> None:
    """Say of each round which rules collide; what is of all of them stands with the first."""
    for round_ in board.rounds:
        mine = [
            one
            for one in refusal.collisions
            if one.round == round_.number or (not one.round and round_ is board.rounds[0])
        ]
        round_.report = {"at": at.isoformat(), "collisions": [_as_json(one) for one in mine]}
    Round.objects.bulk_update(board.rounds, ["report"])


def _as_json(one: Collision) -> dict[str, object]:
    return {"said": one.said, "ways": [[way.rule, way.value] for way in one.ways]}


def _asked(board: Board, round_: Round) -> Asked:
    groups = board.grouped(round_)[2]
    place_of = {one.pk: number for number, one in enumerate(groups)}
    return Asked(
        tables=tables_of(round_, board.settings),
        out=frozenset(str(one.person_id) for one in board.out(round_)),
        pins={
            str(one.person_id): Pinned(place_of[one.group_id], one.leads)
            for one in board.places[round_.pk]
            if one.is_pinned and one.group_id in place_of
        },
    )


def tables_of(round_: Round, settings: Settings) -> int | None:
    """How many groups the rooms of a round seat; None where one of its sessions has no room."""
    rooms = [one.room for one in round_.sessions.all()]
    if not rooms or any(room is None for room in rooms):
        return None
    seats = settings.largest + settings.led_seats
    return sum(room.capacity // seats for room in rooms if room is not None)


def _groups(board: Board, round_: Round, count: int) -> list[Group]:
    """The first groups of a round, made where there are too few, each in a room that seats it."""
    there = sorted(
        (one for one in board.groups.values() if one.round_id == round_.pk),
        key=lambda one: one.number,
    )
    new = [Group(round=round_, number=number) for number in range(len(there) + 1, count + 1)]
    Group.objects.bulk_create(new)
    groups = [*there, *new]
    sessions = [one for one in round_.sessions.all() if one.room]
    seats = board.settings.largest + board.settings.led_seats
    tables = [
        (one, number)
        for one in sessions
        for number in range(1, (one.room.capacity if one.room else 0) // seats + 1)
    ]
    for group, (session, number) in zip(groups, tables, strict=False):
        if not group.where:
            group.session = session
            group.where = _("table %(number)d") % {"number": number}
    Group.objects.bulk_update(groups, ["session", "where"])
    return groups[:count]


def due_solvings() -> list[int]:
    """The searches that wait for a worker, in case its task was lost."""
    return list(Solving.objects.filter(state=State.WAITING).values_list("pk", flat=True))
