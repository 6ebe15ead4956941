"""What a swap would change, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agenda.groups.models import Round
from agenda.groups.queries.board import Board, Placed
from agenda.groups.rules.weighing import Grouped, weigh
from core.ui.figures import number, percent


@dataclass(frozen=True, slots=True)
class Effect:
    """One line: what, now and after, and whether that is worse."""

    what: str
    now: str
    after: str
    is_worse: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A swap of two people that is not kept yet; `fault` is why it cannot be."""

    one: Placed
    other: Placed
    effects: Sequence[Effect]
    fault: str = ""


def try_swap(board: Board, round_: Round, one: Placed, other: Placed) -> Trial:
    """What it would change if two people of a round had each other's place."""
    if one.group_id == other.group_id:
        return Trial(one, other, (), _("They are in one group already."))
    place = board.rounds.index(round_)
    rounds = board.all_grouped()
    swapped = list(rounds)
    pair = (board.number_of(one.person_id), board.number_of(other.person_id))
    swapped[place] = _swapped(rounds[place], *pair)
    now, after = board.weighed, weigh(board.crowd, swapped, board.known_flags)
    effects = [
        _count(_("Hard rules broken"), now.broken, after.broken),
        _count(_("Pairs who meet twice"), now.again, after.again),
        _count(_("New connections"), now.new, after.new, more_is_better=True),
        *_averages(board, rounds[place], swapped[place], round_),
    ]
    bound = round_.report.get("bound")
    if bound is not None:
        gaps = [_gap(one.costs[place], bound) for one in (now, after)]
        effects.append(
            Effect(
                _("Below the best possible, at most"),
                percent(gaps[0], 1),
                percent(gaps[1], 1),
                gaps[1] > gaps[0],
            )
        )
    return Trial(one, other, effects)


def _swapped(grouped: Grouped, one: int, other: int) -> Grouped:
    change = {one: other, other: one}
    leaders, members = grouped
    return (
        [change.get(who, who) for who in leaders],
        [[change.get(who, who) for who in some] for some in members],
    )


def _count(what: str, now: int, after: int, *, more_is_better: bool = False) -> Effect:
    worse = after < now if more_is_better else after > now
    return Effect(what, number(now), number(after), worse)


def _gap(cost: int, bound: int) -> float:
    return 1 - bound / cost if cost > bound else 0.0


def _averages(board: Board, now: Grouped, after: Grouped, round_: Round) -> list[Effect]:
    """The average deal of the groups that would change, where any is known."""
    groups = board.grouped(round_)[2]
    found = []
    for group, before, then in zip(groups, now[1], after[1], strict=True):
        if before == then:
            continue
        values = [_average(board, some) for some in (before, then)]
        if any(values):
            found.append(
                Effect(
                    _("Average deal, group %(number)d") % {"number": group.number},
                    number(values[0]),
                    number(values[1]),
                    is_worse=False,
                )
            )
    return found


def _average(board: Board, members: Sequence[int]) -> Decimal:
    worth = [Decimal(int(board.crowd.value[who])) for who in members if board.crowd.value[who]]
    return (sum(worth, Decimal(0)) / len(worth)).quantize(Decimal(1)) if worth else Decimal(0)
