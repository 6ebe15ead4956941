"""How a cascade is shown: rows of the tree, totals, what is wrong with the tree, the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from core.numbers import whole_number
from core.ui.charts import Bar, BarsChart
from core.ui.figures import money, percent, short_money
from events.packets.quotas.models import QuotaPlan
from events.packets.quotas.queries import Board, Row, first_line
from events.packets.quotas.rules import words
from events.packets.quotas.rules.flags import NEEDS_SOMEBODY

MOST_ROWS = 300  # above this, reps are shown manager by manager
MOST_NAMES = 5
DEEPEST = 6  # further levels are indented no more
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, repr=False)
class ShownRow:
    """A row of the tree in words."""

    row: Row
    kind: str
    word: str
    advice: str
    over: str
    share: str
    indent: int
    error: str = ""
    typed: str = ""


@sensitive_variables()
def shown(board: Board, person_id: int, *, error: str = "", typed: str = "") -> ShownRow:
    """One person of the tree in words."""
    row = board.row(person_id)
    kind, word = words.state(row.flag)
    return ShownRow(
        row=row,
        kind=kind,
        word=word,
        advice=words.advice(row.flag) if row.is_manager else "",
        over=words.signed(row.over) if row.is_manager else "",
        share=percent(row.share, 1) if row.share is not None else "",
        indent=min(row.depth, DEEPEST),
        error=error,
        typed=typed,
    )


def rows_of(board: Board, *, under: int | None, attention: bool) -> list[ShownRow]:
    """
    The rows that a page shows: the whole tree, or one manager's people, or what needs somebody
    with the managers above; without reps where they are too many.
    """
    if under is not None:
        return [shown(board, one) for one in (under, *board.tree.walk(under))]
    everybody = list(board.tree.walk())
    if attention:
        wanted = {one for one in everybody if board.row(one).flag in NEEDS_SOMEBODY}
        wanted |= {above for one in wanted for above in board.tree.above(one)}
        everybody = [one for one in everybody if one in wanted]
    if len(everybody) > MOST_ROWS:
        everybody = [one for one in everybody if board.tree.leads(one)]
    return [shown(board, one) for one in everybody]


@sensitive_variables()
def totals_of(board: Board) -> dict[str, Any]:
    """The figures above the tree."""
    told = board.compounding
    effect = board.in_effect / board.target - 1 if board.target else None
    return {
        "target": board.target,
        "reps": board.sum_of_reps,
        "in_effect": board.in_effect,
        "effect": words.signed(effect) if board.amounts else "",
        "over": words.signed(told.total),
        "compounded": words.compounded(told.levels, told.total),
        "finding": words.total_finding(told.total),
        "is_bad": told.total is not None and not 0 <= told.total <= Decimal("0.25"),
        "won": board.won_by_reps,
        "won_elsewhere": board.won_in_all - board.won_by_reps,
    }


def notices_of(board: Board) -> list[str]:
    """What is odd about the tree or the past revenue, each with what follows from it."""
    members, said = board.members, []

    def named(ids: Iterable[int]) -> str:
        names = [members[one].full_name for one in ids]
        more = len(names) - MOST_NAMES
        told = ", ".join(names[:MOST_NAMES])
        return told + (_(" and %(count)d more") % {"count": more} if more > 0 else "")

    if board.tree.alone:
        said.append(
            ngettext(
                "%(names)s has no manager, so the quota comes straight from the company.",
                "%(names)s have no manager, so their quotas come straight from the company.",
                len(board.tree.alone),
            )
            % {"names": named(board.tree.alone)}
        )
    if board.tree.circles:
        said.append(
            _("These people manage each other in a circle, and hang on the company: %(names)s.")
            % {"names": named(board.tree.circles)}
        )
    if board.off_roster:
        said.append(
            ngettext(
                "%(names)s leads reps and is not on this roster; the team is cascaded all the same.",
                "%(names)s lead reps and are not on this roster; the teams are cascaded all the"
                " same.",
                len(board.off_roster),
            )
            % {"names": named(board.off_roster)}
        )
    starts = board.plan.starts_date
    gone = [one for one in board.tree.walk() if members[one].is_gone_by(starts)]
    if gone:
        said.append(
            _("Gone by the start of the plan year, and still the manager of reps: %(names)s.")
            % {"names": named(gone)}
        )
    if board.left_out:
        said.append(
            _("Left out, since they leave before the plan year starts: %(names)s.")
            % {"names": named(board.left_out)}
        )
    if board.outside:
        said.append(
            _("Had a quota and are no longer among these reps and their managers: %(names)s.")
            % {"names": named(board.outside)}
        )
    if board.unpriced:
        said.append(
            _("Deals in %(currencies)s count for nothing: the plan has no rate for them.")
            % {"currencies": ", ".join(board.unpriced)}
        )
    return said


@sensitive_variables()
def floor_note(board: Board) -> str:
    """Who counts with the floor, in a sentence; empty where nobody does."""
    if board.plan.basis != QuotaPlan.Basis.WON:
        return ""
    _won, floor = board.floored
    if not floor.lifted:
        return ""
    if not floor.amount:
        return _("Nobody here won anything in that time, so each rep counts the same.")
    return ngettext(
        "%(count)d rep won less than %(share)s of the median of those who won any, and counts with"
        " %(amount)s.",
        "%(count)d reps won less than %(share)s of the median of those who won any, and count with"
        " %(amount)s each.",
        len(floor.lifted),
    ) % {
        "count": len(floor.lifted),
        "share": percent(floor.share),
        "amount": money(floor.amount.quantize(Decimal(1)), board.plan.currency),
    }


@sensitive_variables()
def chart_of(board: Board, by: str) -> BarsChart | None:
    """What the reps of each region, or of each manager, carry together."""
    sums: dict[str, Decimal] = {}
    won: dict[str, Decimal] = {}
    managers = _top_managers(board)
    for rep in board.reps:
        if by == "manager":
            boss = next((one for one in board.tree.above(rep) if one in managers), None)
            name = board.members[boss].full_name if boss else ""
        else:
            name = board.members[rep].region or ""
        sums[name] = sums.get(name, NOTHING) + board.amounts.get(rep, NOTHING)
        won[name] = won.get(name, NOTHING) + board.won.get(rep, NOTHING)
    if not board.sum_of_reps or len(sums) < 2:
        return None
    ranked = sorted(sums, key=lambda name: -sums[name])
    nameless = _("No manager") if by == "manager" else _("No region")
    labels = {name: format_html("<bdi>{}</bdi>", name) if name else nameless for name in ranked}
    title = _("%(name)s carries %(share)s of the reps' quotas") % {
        "name": "{}",
        "share": percent(sums[ranked[0]] / board.sum_of_reps),
    }
    return BarsChart(
        title=format_html(title, labels[ranked[0]]),
        unit=_("Full-year quotas of the reps, and the part of past revenue that they won"),
        bars=[
            Bar(
                label=labels[name],
                value=float(sums[name]),
                text=short_money(sums[name], board.plan.currency),
                note=_("won %(share)s") % {"share": percent(won[name] / board.won_by_reps)}
                if board.won_by_reps
                else "",
            )
            for name in ranked
        ],
        heads=(_("Manager") if by == "manager" else _("Region"), _("Quotas")),
    )


def _top_managers(board: Board) -> set[int]:
    """The managers that a picture shows: those right under the company, or their only level."""
    tops = [one for one in board.tree.children[None] if board.tree.leads(one)]
    return set(tops or first_line(board.tree))


def picture_by(said: str) -> str:
    """Whose quotas the picture compares: a region's or a manager's."""
    return "manager" if said == "manager" else "region"


def attention_of(board: Board) -> int:
    """How many in the tree need somebody."""
    return sum(board.row(one).flag in NEEDS_SOMEBODY for one in board.tree.walk())


def page_of(board: Board, params: Any) -> dict[str, Any]:
    """What the page of a cascade shows."""
    within = whole_number(params.get("under", ""))
    if within is not None and not board.tree.leads(within):
        within = None
    attention = params.get("show") == "attention"
    by = picture_by(params.get("by", ""))
    rows = rows_of(board, under=within, attention=attention)
    return {
        "plan": board.plan,
        "kickoff": board.plan.kickoff,
        "board": board,
        "totals": totals_of(board),
        "rows": rows,
        "reps_hidden": len(board.tree) > MOST_ROWS and within is None and not attention,
        "within": board.members[within] if within is not None else None,
        "head": board.members[board.tree.head] if board.tree.head else None,
        "attention": attention,
        "attention_count": attention_of(board),
        "by": by,
        "chart": chart_of(board, by),
        "notices": notices_of(board),
        "floor_note": floor_note(board),
    }
