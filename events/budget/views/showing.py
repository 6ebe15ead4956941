"""Figures of a budget as pictures and sentences: lengths as text, for SVG knows no thousands apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import money, number, percent
from events.budget.models import Basis, Revision, RoomBlock
from events.budget.queries import Board, Group, Row
from events.budget.queries.blocks import Blocks
from events.budget.queries.board import worth_of_one
from events.budget.rules.lines import FACTORS, Amounts, whole

_WIDTH = 200  # of a row's bar, in units of its own


def shown(amount: Decimal, currency: str) -> str:
    """Money in whole units, half up."""
    return money(whole(amount), currency)


def signed(amount: Decimal, currency: str) -> str:
    """The same with its sign: +$8,400."""
    value = whole(amount)
    return f"+{money(value, currency)}" if value > 0 else money(value, currency)


@dataclass(frozen=True, slots=True)
class LedgerBar:
    """Paid, invoiced and committed one over the other, the plan as a mark, what is over behind it."""

    plan: str
    paid: str
    invoiced: str
    committed: str
    over_from: str
    over: str
    label: str


def ledger_bar(amounts: Amounts, longest: Decimal, currency: str) -> LedgerBar:
    """A bar of which `longest` is the whole."""

    def length(value: Decimal) -> str:
        return f"{value / longest * _WIDTH if longest else 0:.1f}"

    said = {
        "paid": amounts.paid,
        "invoiced": amounts.invoiced,
        "committed": amounts.committed,
        "plan": amounts.planned,
        "forecast": amounts.forecast,
    }
    label = _(
        "Paid %(paid)s, invoiced %(invoiced)s, committed %(committed)s, plan %(plan)s, forecast"
        " %(forecast)s"
    )
    return LedgerBar(
        plan=length(amounts.planned),
        paid=length(amounts.paid),
        invoiced=length(amounts.invoiced),
        committed=length(amounts.bound),
        over_from=length(amounts.planned),
        over=length(max(amounts.over, Decimal(0))),
        label=label % {name: shown(value, currency) for name, value in said.items()},
    )


def ledger(board: Board, opened: str) -> Iterator[dict[str, Any]]:
    """Each category with its sums, and its lines where it is opened."""
    groups = [(group, group.amounts) for group in board.groups]
    longest = max((max(one.planned, one.forecast) for _group, one in groups), default=Decimal(0))
    currency = board.budget.currency
    for group, amounts in groups:
        is_open = group.category.value == opened
        yield {
            "category": group.category,
            "note": _counted(group),
            "cells": cells(amounts),
            "bar": ledger_bar(amounts, longest, currency),
            "waits": sum(row.waits is not None for row in group.rows),
            "lines": [
                {
                    "row": row,
                    "cells": cells(row.amounts),
                    "bar": ledger_bar(row.amounts, longest, currency),
                    "why": why(row.current, currency) if row.current else None,
                }
                for row in group.rows
            ]
            if is_open
            else None,
        }


@dataclass(frozen=True, slots=True)
class Cells:
    """The figures of a row of the ledger, in whole units."""

    planned: Decimal
    committed: Decimal
    invoiced: Decimal
    paid: Decimal
    forecast: Decimal
    over: Decimal

    @property
    def over_text(self) -> str:
        return f"+{number(self.over)}" if self.over > 0 else number(self.over)


def cells(amounts: Amounts) -> Cells:
    """Rounded once each, half up."""
    return Cells(
        *map(
            whole,
            (
                amounts.planned,
                amounts.committed,
                amounts.invoiced,
                amounts.paid,
                amounts.forecast,
                amounts.over,
            ),
        )
    )


def why(revision: Revision, own: str) -> dict[str, Any] | None:
    """Why a line is off its plan, in words; None where it is not and nothing was said."""
    worth = revision.worth
    if not worth.over and not revision.reason:
        return None
    return {
        "over": signed(worth.over, own) if worth.over else "",
        "share": abs(worth.over_share) if worth.planned else None,
        "reason": revision.reason,
        "lacks": revision.lacks_reason,
        "rate": rate_text(revision, own),
        "number": revision.number,
        "by": revision.made_by,
    }


def rate_text(revision: Revision, own: str) -> str:
    """“€36,481 at 1.08 USD”; empty in the budget's own currency."""
    if revision.rate is None:
        return ""
    _other, worth = worth_of_one(revision.rate, own)
    said = {
        "amount": money(revision.amounts.forecast, revision.currency),
        "worth": number(round(worth, 6).normalize()),
        "own": own,
    }
    return _("%(amount)s at %(worth)s %(own)s") % said


def priced(revision: Revision) -> str:
    """What a line's plan is made of: “160 heads × 3 days × $45”."""
    price = money(revision.price, revision.currency)
    if not FACTORS[revision.basis] and revision.own_count is None:
        return price
    basis = Basis(revision.basis).label
    return _("%(count)s × %(price)s for each %(basis)s") % {
        "count": number(revision.count),
        "price": price,
        "basis": basis,
    }


def headline(board: Board) -> str:
    """What the budget says in one sentence."""
    total, left, currency = board.total, board.contingency.left, board.budget.currency
    over = whole(total.over)
    if not total.planned:
        return _("Nothing is planned yet")
    if over < 0:
        return _("Forecast is %(under)s under plan") % {"under": money(-over, currency)}
    if not over:
        return _("Forecast is on plan")
    said = {"over": money(over, currency), "left": shown(abs(left), currency)}
    said["cause"] = str(board.cause.category.label) if board.cause else ""
    if left >= 0:
        return (
            _("Forecast is %(over)s over plan; %(cause)s is the cause, and contingency covers it")
            % said
        )
    return (
        _("Forecast is %(over)s over plan; %(cause)s is the cause, and %(left)s is not covered")
        % said
    )


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """The whole budget on one line of 1000 units, up to plan and contingency."""

    parts: Sequence[tuple[str, str, str]]  # class, from, length
    plan: str
    forecast: str
    most: str
    most_from: str
    most_length: str
    plan_anchor: str


def money_bar(board: Board) -> MoneyBar:
    """Paid, invoiced, committed, to commit; over plan in amber; contingency dashed."""
    total = board.total
    longest = max(board.at_most, total.forecast) or Decimal(1)

    def at(value: Decimal) -> str:
        return f"{value / longest * 1000:.1f}"

    paid, invoiced, committed, _open = total.parts
    inside = max(min(total.planned, total.forecast) - total.bound, Decimal(0))
    sizes = [("k-l1", paid), ("k-l2", invoiced), ("k-l3", committed), ("k-bar-bg", inside)]
    parts, start = [], Decimal(0)
    for name, size in sizes:
        if size > 0:
            parts.append((name, at(start), at(size)))
        start += size
    over_from = max(total.planned, total.bound)
    if total.forecast > over_from:
        parts.append(("k-overbar", at(over_from), at(total.forecast - over_from)))
    elif total.over > 0:
        parts.append(("k-overbar", at(total.planned), at(total.over)))
    return MoneyBar(
        parts=parts,
        plan=at(total.planned),
        forecast=at(total.forecast),
        most=at(board.at_most),
        most_from=at(total.planned),
        most_length=at(max(board.at_most - total.planned, Decimal(0))),
        plan_anchor="end" if total.planned > longest / 2 else "start",
    )


def _counted(group: Group) -> str:
    lines = len(group.rows)
    return ngettext("%(count)d line", "%(count)d lines", lines) % {"count": lines}


def asks(row: Row, currency: str) -> str:
    """What a revision that waits asks for: “AV for Tejo, +$8,400”."""
    amount = signed(row.waits.asks, currency) if row.waits else ""
    return f"{row.line.name}, {amount}"


_NEAR = timedelta(days=21)


def cutoff(block: RoomBlock, currency: str, at: datetime) -> dict[str, Any]:
    """A block's clause as arithmetic, and how soon its cut-off is."""
    pickup = block.pickup
    text = _("%(share)s of %(contracted)s is %(asked)s; %(reserved)s are reserved")
    said = {
        "share": percent(block.share),
        "contracted": number(pickup.contracted),
        "asked": number(pickup.asked),
        "reserved": number(pickup.reserved),
    }
    if pickup.lacking:
        text = _(
            "%(share)s of %(contracted)s is %(asked)s; %(asked)s − %(reserved)s = %(lacking)s"
            " × %(price)s = %(fee)s"
        )
        said |= {
            "lacking": number(pickup.lacking),
            "price": money(block.price, currency),
            "fee": money(pickup.fee, currency),
        }
    return {
        "block": block,
        "text": text % said,
        "is_over": not block.is_open(at),
        "is_near": block.cutoff_at - at <= _NEAR,
    }


def nights(blocks: Blocks) -> Iterator[dict[str, Any]]:
    """Each night as lengths of 160 units."""
    every = blocks.nights
    most = max((max(night.contracted, night.reserved) for _day, night, _floor in every), default=0)

    def length(value: Decimal | int) -> str:
        return f"{Decimal(value) / most * 158 if most else 0:.1f}"

    for day, night, floor in every:
        label = _("%(reserved)s of %(contracted)s rooms reserved")
        yield {
            "date": day,
            "night": night,
            "contracted": length(night.contracted),
            "reserved": length(night.reserved),
            "floor": length(floor),
            "label": label
            % {"reserved": number(night.reserved), "contracted": number(night.contracted)},
        }
