"""Quotas in words: periods, over-assignment, how an amount came to be."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import prod

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.figures import MINUS, day, money, percent
from events.packets.quotas.rules.flags import Flag
from events.packets.quotas.rules.quota import Origin, Period

_MOST_PLACES = 4
_STATES = {
    Flag.FINE: ("done", gettext_lazy("In range")),
    Flag.OVER: ("soon", gettext_lazy("Above 25%")),
    Flag.UNDER: ("late", gettext_lazy("Given too little")),
    Flag.EXPLAINED: ("part", gettext_lazy("Given less, explained")),
    Flag.MISSING: ("wait", gettext_lazy("No quota yet")),
}


def period_name(period: Period) -> str:
    """A quarter by its months: Mar–May."""
    first, last = MONTHS_3[period.starts.month], MONTHS_3[period.ends.month]
    return str(first).title() if first == last else f"{str(first).title()}–{str(last).title()}"


def signed(share: Decimal | None, places: int = 1) -> str:
    """A share with its sign, to a tenth of a percent: +8%, +16.6%, −2.5%."""
    if share is None:
        return percent(None)
    rounded = _to_places(share, places)
    shortest = next(
        (fewer for fewer in range(places) if _to_places(rounded, fewer) == rounded), places
    )
    return f"{MINUS if rounded < 0 else '+'}{percent(abs(rounded), shortest)}"


def compounded(levels: Iterable[Decimal], total: Decimal | None) -> str:
    """
    How levels make the total: “+8%, then +8%: +16.6% in all”; empty without any.

    Levels have as many decimals as it takes to come to the total that is shown.
    """
    levels = list(levels)
    if total is None or len(levels) < 2:
        return ""
    shown = _to_places(total, 1)
    places = next(
        (
            one
            for one in range(1, _MOST_PLACES)
            if _to_places(_product(_to_places(level, one) for level in levels), 1) == shown
        ),
        _MOST_PLACES,
    )
    told = _(", then ").join(signed(level, places) for level in levels)
    return _("%(levels)s: %(total)s in all") % {"levels": told, "total": signed(total)}


def _product(levels: Iterable[Decimal]) -> Decimal:
    """What levels come to together, as a share."""
    return prod((1 + level for level in levels), start=Decimal(1)) - 1


def _to_places(share: Decimal, places: int) -> Decimal:
    """A share to so many decimals of a percent, half up as percentages are shown."""
    return share.quantize(Decimal(1).scaleb(-places - 2), ROUND_HALF_UP)


def state(flag: Flag) -> tuple[str, str]:
    """The shape and the word of a flag."""
    kind, word = _STATES[flag]
    return kind, str(word)


def advice(flag: Flag) -> str:
    """What to do about a manager's flag, in a sentence; empty where there is nothing."""
    return {
        Flag.UNDER: _("The team is given less than the manager. Cascade again, or say why."),
        Flag.OVER: _("More than a quarter on top of the manager's own quota."),
        Flag.MISSING: _("Cascade again to give one."),
    }.get(flag, "")


def total_finding(total: Decimal | None) -> str:
    """What the total over-assignment means, in a sentence."""
    if total is None:
        return _("Nothing is assigned yet.")
    shown = {"total": signed(total)}
    if total < 0:
        return (
            _("%(total)s in total: the reps' quotas do not add up to the company target.") % shown
        )
    if total > Decimal("0.25"):
        return (
            _(
                "%(total)s in total. About 20%% is usual; above 25%% people stop believing in their quotas."
            )
            % shown
        )
    return _("%(total)s in total. About 20%% is usual.") % shown


def origin_sentences(origin: Origin | None, currency: str) -> list[str]:
    """
    Why a quota is less than that of a full year, for its rep; nothing where it is not.

    “Full-year quota €1,200,000; you start on Thu 1 Apr 2027: 275 of 365 days.”
    """
    if origin is None:
        return []
    full = money(origin.full_year, currency)
    shown = {
        "full": full,
        "from": day(origin.present_from, "year"),
        "to": day(origin.present_to, "year"),
        "days": origin.days,
        "year_days": origin.year_days,
    }
    said = []
    if origin.is_prorated:
        said.append(
            _(
                "Full-year quota %(full)s; you are there from %(from)s to %(to)s:"
                " %(days)d of %(year_days)d days."
            )
            % shown
        )
    if origin.is_ramped:
        steps = ", ".join(percent(share) for share in origin.ramp)
        if not said:
            said.append(_("Full-year quota %(full)s.") % shown)
        said.append(_("You ramp up as a new hire, period by period: %(steps)s.") % {"steps": steps})
    return said
