"""The return of a kickoff as figures in words and lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import money, number, percent
from events.budget.models import Budget, Scenario
from events.budget.queries.returns import change_of
from events.budget.rules.cost import BENCHMARKS, Base, Cost
from events.budget.rules.lines import whole
from events.budget.rules.returns import Model, Swing, axis
from events.budget.rules.scenarios import Priced, cost_of
from events.budget.views.showing import shown, signed

_WIDTH = Decimal(300)


def benchmarks(cost: Cost, dollar: Decimal, currency: str) -> Iterator[dict[str, Any]]:
    """The plan beside each published figure, each on its own base and its own scale."""
    labels = {
        Base.ATTENDEE: _("Hard cost, an attendee"),
        Base.REP: _("Hard cost, a rep"),
        Base.REP_TIME: _("Hard cost and time, a rep"),
        Base.EVENT: _("Hard cost, an event"),
        Base.EVENT_TIME: _("Hard cost and time, an event"),
    }
    for one in BENCHMARKS:
        own = cost.on(one.base)
        if own is None:
            continue
        low, high = one.low * dollar, (one.high * dollar if one.high else None)
        longest = max(own, high or low) * Decimal("1.08")
        said = money(one.low, "USD")
        if one.high:
            said = f"{said}–{number(one.high)}+"
        yield {
            "label": labels[one.base],
            "made": _made(one.base, cost),
            "own": shown(own, currency),
            "bench": _("benchmark %(money)s") % {"money": said},
            "bar": _at(own, longest),
            "low": _at(low, longest),
            "range": _at(high - low, longest) if high else "",
        }


def _made(base: Base, cost: Cost) -> str:
    amount = number(whole(cost.full if base in (Base.REP_TIME, Base.EVENT_TIME) else cost.hard))
    if base == Base.ATTENDEE:
        return f"{amount} ÷ {number(cost.heads)}"
    return f"{amount} ÷ {number(cost.reps)}" if base in (Base.REP, Base.REP_TIME) else ""


def _at(value: Decimal, longest: Decimal) -> str:
    return f"{value / longest * _WIDTH if longest else 0:.1f}"


def headline(model: Model, reps: int) -> str:
    """What has to happen, in one sentence."""
    needed, months = model.deals_needed, int(model.months)
    said: dict[str, Any] = {
        "needed": number(needed),
        "months": number(months),
        "in": number(model.one_in),
        "won": number(whole(model.deals.won * model.part)),
    }
    if not needed:
        return _("Nothing is spent yet, so nothing has to be paid back")
    if model.one_in < 1:
        return (
            _(
                "It takes %(needed)s more won deals in %(months)s months, beside the %(won)s of today"
            )
            % said
        )
    if not reps:
        return (
            _("One more won deal in %(in)s pays for it: %(needed)s deals in %(months)s months.")
            % said
        )
    if reps >= needed:
        said["reps"] = reps // needed
        return (
            ngettext(
                "One more won deal in %(in)s pays for it: %(needed)s deals in %(months)s months, one"
                " for every rep.",
                "One more won deal in %(in)s pays for it: %(needed)s deals in %(months)s months, one"
                " for every %(reps)d reps.",
                said["reps"],
            )
            % said
        )
    said["each"] = number(-(-needed // reps))
    return (
        _(
            "One more won deal in %(in)s pays for it: %(needed)s deals in %(months)s months, up to"
            " %(each)s a rep."
        )
        % said
    )


def levers(model: Model, budget: Budget) -> Iterator[tuple[str, str, str]]:
    """Each lever alone: its name, what it has to become, and of what."""
    own, deals = budget.currency, model.deals
    yield (
        _("Win rate alone"),
        f"{percent(deals.win_rate, 1)} → {percent(model.win_rate_needed, 1)}",
        _("of %(count)s deals decided in twelve months") % {"count": number(deals.decided)},
    )
    yield (
        _("Or deal size alone"),
        f"+{percent(model.growth, 1)}",
        f"{shown(deals.size, own)} → {shown(model.size_needed, own)}",
    )
    if model.days_fewer is not None and deals.days:
        fewer = number(round(model.days_fewer, 1))
        yield (
            _("Or cycle alone"),
            _("−%(days)s days") % {"days": fewer},
            _("of %(days)s from engaged to won") % {"days": number(round(deals.days))},
        )
    if budget.attainment:
        needed = model.attainment_needed(budget.attainment)
        yield (
            _("Or attainment alone"),
            f"{percent(budget.attainment)} → {percent(needed, 1)}",
            _("of quota, on average"),
        )


def tornado(found: Sequence[Swing], model: Model, currency: str) -> dict[str, Any]:
    """Each swing as lengths of 1000 units, with break-even and what is expected as marks."""
    least, most = axis([*found])
    span = (most - least) or Decimal(1)

    def at(value: Decimal) -> str:
        return f"{(value - least) / span * 1000:.1f}"

    def length(value: Decimal) -> str:
        return f"{value / span * 1000:.1f}"

    rows = []
    for one in found:
        label, between = _swing_words(one, currency)
        rows.append(
            {
                "label": label,
                "between": between,
                "worse_at": at(min(one.worse, model.left)),
                "worse": length(max(model.left - one.worse, Decimal(0))),
                "better": length(max(one.better - model.left, Decimal(0))),
                "worse_text": shown(one.worse, currency),
                "better_text": shown(one.better, currency),
                "is_loss": one.worse < 0,
            }
        )
    return {"rows": rows, "zero": at(Decimal(0)), "expected": at(model.left)}


def _swing_words(one: Swing, currency: str) -> tuple[str, str]:
    points = {
        "low": number(round(one.low * 100, 2).normalize()),
        "high": number(round(one.high * 100, 2).normalize()),
    }
    cash = {"low": shown(one.low, currency), "high": shown(one.high, currency)}
    plain = {
        "low": number(round(one.low, 1).normalize()),
        "high": number(round(one.high, 1).normalize()),
    }
    share = {"low": percent(one.low), "high": percent(one.high)}
    return {
        "lift": (_("Lift in win rate"), _("%(low)s to %(high)s points") % points),
        "lasts": (_("How long it lasts"), _("%(low)s to %(high)s months") % plain),
        "size": (_("Deal size"), _("%(low)s to %(high)s") % cash),
        "margin": (_("Gross margin"), _("%(low)s to %(high)s") % share),
        "heads": (_("Guests"), _("%(low)s to %(high)s") % plain),
        "hard": (_("Hard cost"), _("%(low)s to %(high)s") % cash),
    }[one.name]


def side_by_side(
    scenarios: Sequence[Scenario],
    lines: Sequence[Priced],
    budget: Budget,
    cost: Cost,
    model: Model | None,
) -> dict[str, Any]:
    """Each scenario as a column."""
    own = budget.currency
    columns = []
    for one in scenarios:
        then = cost_of(lines, budget.drivers, change_of(one), cost, budget.days_of_time)
        columns.append((one, then))
    longest = max((then.full for _one, then in columns), default=Decimal(0))
    found = []
    for one, then in columns:
        a_rep = then.on(Base.REP_TIME)
        column: dict[str, Any] = {
            "name": one.name,
            "note": _note(one),
            "hard": shown(then.hard, own),
            "time": shown(then.time, own),
            "full": shown(then.full, own),
            "parts": (then.hard, then.time),
            "total": longest,
            "less": signed(then.full - cost.full, own) if then.full != cost.full else "",
            "a_rep": shown(a_rep, own) if a_rep is not None else "–",
        }
        if model:
            there = Model(
                cost=then.full,
                deals=model.deals,
                margin=model.margin,
                lift=model.lift,
                months=model.months,
            )
            rise = there.win_rate_needed - model.deals.win_rate
            column |= {
                "deals": number(there.deals_needed),
                "points": _points(rise),
                "same": _points(there.lift_needed(model.left)),
            }
        found.append(column)
    return {"columns": found, "has_deals": model is not None}


def _points(share: Decimal) -> str:
    return _("%(points)s points") % {"points": number(round(share * 100, 2))}


def _more(count: int) -> str:
    """+2 or −1."""
    return f"{'+' if count > 0 else ''}{number(count)}"


def _note(one: Scenario) -> str:
    said = []
    if one.heads:
        words = ngettext("%(heads)s guest", "%(heads)s guests", abs(one.heads))
        said.append(words % {"heads": _more(one.heads)})
    if one.days:
        words = ngettext("%(days)s day", "%(days)s days", abs(one.days))
        said.append(words % {"days": _more(one.days)})
    if one.dearer:
        said.append(_("place %(share)s dearer") % {"share": percent(one.dearer)})
    if one.is_virtual:
        said.append(_("nobody travels"))
    if one.day_part != 1:
        said.append(_("%(share)s of each day") % {"share": percent(one.day_part)})
    return ", ".join(said)
