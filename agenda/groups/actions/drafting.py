"""The draft of a grouping: made, changed by hand, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agenda.groups.models import Group, Grouping, Place, Round, RoundSession
from agenda.groups.queries.board import Board
from agenda.groups.queries.crowd import pool_of, settings_for, sits
from agenda.groups.rules.reseating import reseat
from agenda.groups.rules.settings import Settings
from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

Stand = dict[str, Any]  # one place, as `before` keeps it


class GroupsRefused(Exception):
    """The groups stay as they were. The message is fit to show to the planner."""


class GroupsChanged(GroupsRefused):
    """Somebody else changed the groups since they were read: HTTP 409."""


@transaction.atomic
def create_grouping(
    *,
    kickoff: Kickoff,
    kind: str,
    title: str,
    rounds: Sequence[Sequence[Session]],
    by: Person,
    at: datetime,
    segment: Mapping[str, Any] | None = None,
) -> Grouping:
    """
    Begin a grouping in rounds, each in one session or in several at one time. Everybody whom it is
    for waits for a place.

    :raises GroupsRefused: there is one of that title, a round has no session, or a session is in
        another round or of another kickoff
    """
    if not rounds or not all(rounds):
        raise GroupsRefused(_("Choose the session of each round."))
    if any(one.kickoff_id != kickoff.pk for some in rounds for one in some):
        raise GroupsRefused(_("That session belongs to another kickoff."))
    if any(len({one.starts_at for one in some}) > 1 for some in rounds):
        raise GroupsRefused(_("The sessions of one round begin at one time."))
    try:
        with transaction.atomic():
            grouping = Grouping.objects.create(
                kickoff=kickoff, kind=kind, title=title, **(segment or {})
            )
    except IntegrityError:
        raise GroupsRefused(_("There are groups of that name already.")) from None
    try:
        with transaction.atomic():
            for number, sessions in enumerate(rounds, start=1):
                round_ = Round.objects.create(grouping=grouping, number=number)
                RoundSession.objects.bulk_create(
                    RoundSession(round=round_, session=one) for one in sessions
                )
    except IntegrityError:
        raise GroupsRefused(_("One of these sessions has groups already.")) from None
    sync_places(grouping, at)
    record_entry(by=by, verb="groups.created", at=at, object=grouping, note=title)
    return grouping


def sync_places(grouping: Grouping, at: datetime) -> bool:
    """
    Let places follow the roster: whoever joined is to be placed, whoever left has none any more.
    Return whether anything changed.
    """
    pool = pool_of(grouping, at)
    wanted = {one.pk for one in pool if sits(grouping, one)}
    here = {one.pk for one in pool}
    changed = False
    for round_ in grouping.rounds.all():
        there = {one.person_id: one for one in round_.places.all()}
        new = [Place(round=round_, person_id=pk) for pk in sorted(wanted - set(there))]
        Place.objects.bulk_create(new, batch_size=500)
        gone = [one.pk for pk, one in there.items() if pk not in here and not one.is_out]
        Place.objects.filter(pk__in=gone).update(group=None, leads=False, is_out=True)
        changed = changed or bool(new or gone)
    return changed


def open_draft(grouping: Grouping, version: int) -> None:
    """
    Take the draft for one change, and keep it as it was, to take the change back.

    :raises GroupsChanged: it is not the version that the planner saw any more
    """
    row = Grouping.objects.filter(pk=grouping.pk, version=version)
    if not row.update(version=F("version") + 1, before=stand(grouping)):
        raise GroupsChanged(_("Somebody else changed these groups meanwhile. Look at them again."))
    grouping.version = version + 1


def stand(grouping: Grouping) -> list[Stand]:
    """How the draft stands: a row for each place."""
    fields = ("round_id", "person_id", "group_id", "leads", "is_pinned", "is_out")
    return list(Place.objects.filter(round__grouping=grouping).order_by("pk").values(*fields))


def put(grouping: Grouping, wanted: Iterable[Stand]) -> None:
    """Write places as they are to stand, those who have one already moved at once."""
    there = {
        (one.round_id, one.person_id): one for one in Place.objects.filter(round__grouping=grouping)
    }
    moved, new = [], []
    for row in wanted:
        place = there.get((row["round_id"], row["person_id"]))
        if place is None:
            new.append(Place(**row))
            continue
        if all(getattr(place, name) == value for name, value in row.items()):
            continue
        for name, value in row.items():
            setattr(place, name, value)
        moved.append(place)
    # In two steps, since of two who change places one would stand where the other still is
    Place.objects.filter(pk__in=[one.pk for one in moved]).update(group=None, leads=False)
    Place.objects.bulk_update(moved, ["group", "leads", "is_pinned", "is_out"], batch_size=200)
    Place.objects.bulk_create(new, batch_size=500)


@transaction.atomic
def undo_change(*, grouping: Grouping, version: int, by: Person, at: datetime) -> None:
    """
    Put everybody back to where they were before the last change; done twice, it is done again.

    :raises GroupsRefused: nothing was changed yet
    :raises GroupsChanged: somebody else changed them since
    """
    before = Grouping.objects.values_list("before", flat=True).get(pk=grouping.pk)
    if not before:
        raise GroupsRefused(_("There is no change to take back."))
    open_draft(grouping, version)
    put(grouping, before)
    record_entry(by=by, verb="groups.put_back", at=at, object=grouping, note=grouping.title)


@transaction.atomic
def swap_people(
    *, grouping: Grouping, one: Place, other: Place, version: int, by: Person, at: datetime
) -> None:
    """
    Let two people of one round have each other's place: in two groups, or in a group and in none.

    :raises GroupsRefused: they are of two rounds, in one group, or the same person
    :raises GroupsChanged: somebody else changed the groups since
    """
    if one.round_id != other.round_id or one.group_id == other.group_id:
        raise GroupsRefused(_("Two people swap who are in two groups of one round."))
    open_draft(grouping, version)
    rows = [_row(one), _row(other)]
    for name in ("group_id", "leads", "is_out"):
        rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
    put(grouping, rows)
    record_entry(by=by, verb="groups.swapped", at=at, object=grouping, note=grouping.title)


@transaction.atomic
def move_person(
    *, grouping: Grouping, place: Place, group: Group, version: int, by: Person, at: datetime
) -> None:
    """
    Seat somebody in a group of their round.

    :raises GroupsRefused: the group is of another round
    :raises GroupsChanged: somebody else changed the groups since
    """
    if group.round_id != place.round_id:
        raise GroupsRefused(_("That group is of another round."))
    open_draft(grouping, version)
    put(grouping, [_row(place) | {"group_id": group.pk, "leads": False, "is_out": False}])
    record_entry(by=by, verb="groups.moved", at=at, object=grouping, note=grouping.title)


@transaction.atomic
def pin_person(
    *, grouping: Grouping, place: Place, version: int, is_pinned: bool, by: Person, at: datetime
) -> None:
    """
    Let somebody stay in their group when groups are solved again, or no longer.

    :raises GroupsRefused: they have no group
    :raises GroupsChanged: somebody else changed the groups since
    """
    if place.group_id is None:
        raise GroupsRefused(_("Who has no group cannot stay in it."))
    open_draft(grouping, version)
    put(grouping, [_row(place) | {"is_pinned": is_pinned}])
    verb = "groups.pinned" if is_pinned else "groups.unpinned"
    record_entry(by=by, verb=verb, at=at, object=grouping, note=grouping.title)


@transaction.atomic
def leave_out(
    *, grouping: Grouping, place: Place, version: int, is_out: bool, by: Person, at: datetime
) -> None:
    """
    Say that somebody takes no part in a round, and so leaves their group; or that they do after all,
    and wait for a place.

    :raises GroupsChanged: somebody else changed the groups since
    """
    open_draft(grouping, version)
    put(
        grouping,
        [_row(place) | {"group_id": None, "leads": False, "is_pinned": False, "is_out": is_out}],
    )
    verb = "groups.left_out" if is_out else "groups.taken_in"
    record_entry(by=by, verb=verb, at=at, object=grouping, note=grouping.title)


@transaction.atomic
def change_rules(
    *, grouping: Grouping, settings: Settings, version: int, by: Person, at: datetime
) -> None:
    """
    Change what is asked of the groups; who sits where stays until it is solved again.

    :raises GroupsRefused: the sizes are not in order
    :raises GroupsChanged: somebody else changed the groups since
    """
    if not 1 <= settings.smallest <= settings.largest:
        raise GroupsRefused(
            _("The smallest group has one person at least, and not more than the largest.")
        )
    open_draft(grouping, version)
    grouping.rules = settings.as_json
    grouping.save(update_fields=["rules"])
    record_entry(by=by, verb="groups.rules_changed", at=at, object=grouping, note=grouping.title)


def take_way(
    *,
    grouping: Grouping,
    rule: str,
    value: int | str | bool,
    version: int,
    by: Person,
    at: datetime,
) -> None:
    """
    Change the one rule that a collision proposed to change.

    :raises GroupsRefused: there is no such rule
    :raises GroupsChanged: somebody else changed the groups since
    """
    settings = settings_for(grouping)
    if type(getattr(settings, rule, None)) is not type(value):
        raise GroupsRefused(_("There is no such rule."))
    changed = replace(settings, **{rule: value})
    change_rules(grouping=grouping, settings=changed, version=version, by=by, at=at)


@transaction.atomic
def seat_again(*, grouping: Grouping, version: int, by: Person, at: datetime) -> int:
    """
    Seat whoever waits for a place and fill what was left, with as few moves as can be; return how
    many people who had a group have another.

    :raises GroupsRefused: nobody has a group yet
    :raises GroupsChanged: somebody else changed the groups since
    """
    board = Board(grouping, at, to_solve=True)
    open_draft(grouping, version)
    moves, rows, met = 0, list[Stand](), board.none_met()
    for round_ in board.rounds:
        leaders, members, groups = board.grouped(round_)
        if not groups:
            raise GroupsRefused(_("Nobody has a group yet. Solve the groups first."))
        waiting = [board.number_of(one.person_id) for one in board.to_place(round_)]
        pinned = [
            board.number_of(one.person_id) for one in board.places[round_.pk] if one.is_pinned
        ]
        found = reseat(board.crowd, (leaders, members), waiting, met, pinned)
        moves += found.moves
        rows += rows_of(board, round_, found.leaders, found.members, groups)
        board.remember(found.leaders, found.members, met)
    put(grouping, rows)
    record_entry(by=by, verb="groups.seated_again", at=at, object=grouping, note=str(moves))
    return moves


def rows_of(
    board: Board,
    round_: Round,
    leaders: Sequence[int],
    members: Sequence[Sequence[int]],
    groups: Sequence[Group],
) -> list[Stand]:
    """The places of a round, by who leads and sits in its groups; pins stay."""
    keys = [int(one.key) for one in board.crowd.guests]
    pinned = {one.person_id for one in board.places[round_.pk] if one.is_pinned}
    found = []
    for group, leader, some in zip(groups, leaders, members, strict=True):
        whole = [(leader, True)] if leader >= 0 else []
        for number, leads in [*whole, *((who, False) for who in some)]:
            found.append(
                {
                    "round_id": round_.pk,
                    "person_id": keys[number],
                    "group_id": group.pk,
                    "leads": leads,
                    "is_pinned": keys[number] in pinned,
                    "is_out": False,
                }
            )
    return found


def _row(place: Place) -> Stand:
    return {
        "round_id": place.round_id,
        "person_id": place.person_id,
        "group_id": place.group_id,
        "leads": place.leads,
        "is_pinned": place.is_pinned,
        "is_out": place.is_out,
    }
