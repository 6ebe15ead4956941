"""How even the territories are: by accounts, open deals, open pipeline and what was won."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.folding import alphabetical
from core.numbers import whole_number
from core.ui.figures import money, number, short_money
from events.packets.territories import access, queries
from events.packets.territories.models import SalesTerritory
from events.packets.territories.rules import picture, words
from events.packets.territories.rules.balance import Balance, Load, weigh
from events.packets.territories.rules.picture import Column
from events.packets.territories.views.showing import Desk, open_desk, told
from people.accounts.requests import AuthenticatedRequest

MEASURES = {
    "accounts": gettext_lazy("Accounts"),
    "deals": gettext_lazy("Open deals"),
    "pipeline": gettext_lazy("Open pipeline"),
    "won": gettext_lazy("Won revenue"),
}
_IN_MONEY = ("pipeline", "won")


@dataclass(frozen=True)
class Asked:
    """What the page compares, cleaned from its URL."""

    measure: str
    currency: str
    year: int | None
    region: int | None

    def value(self, load: Load) -> Decimal:
        if self.measure == "accounts":
            return Decimal(load.accounts)
        if self.measure == "deals":
            return Decimal(load.open_deals)
        amounts = load.pipeline if self.measure == "pipeline" else load.won
        return amounts.get(self.currency, Decimal(0))

    def compares(self, load: Load) -> bool:
        """Whether a territory sells in this currency; one that has no amounts at all counts as 0."""
        if self.measure not in _IN_MONEY or not load.currencies:
            return True
        return self.currency in load.currencies

    def on_axis(self, value: float) -> str:
        if self.measure in _IN_MONEY:
            return short_money(value, self.currency)
        return number(round(value, 1) if value % 1 else int(value))

    def told(self, value: Decimal) -> str:
        if self.measure in _IN_MONEY:
            return money(round(value), self.currency)
        return number(value.quantize(Decimal("0.1")) if value % 1 else int(value))


@login_required
@require_GET
def balance(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    known = queries.money_known()
    asked = _asked(request, known)
    loads = queries.loads_by_account(year=asked.year)
    everything = [
        (each, queries.load_of(desk.plan.accounts_in[pk], loads))
        for pk, each in desk.plan.territories.items()
        if asked.region is None or (each.owner and each.owner.region_id == asked.region)
    ]
    compared = [pair for pair in everything if asked.compares(pair[1])]
    found = weigh([asked.value(load) for _territory, load in compared])
    rows = sorted(
        (
            {
                "territory": territory,
                "against_mean": one,
                "flag": words.flag(one),
                **told(load),
            }
            for (territory, load), one in zip(compared, found.compared, strict=True)
        ),
        key=lambda row: (
            -abs(row["against_mean"].deviations),
            alphabetical(row["territory"].name),
        ),
    )
    regions = {
        each.owner.region_id: each.owner.region.name
        for each in desk.plan.territories.values()
        if each.owner and each.owner.region
    }
    context = {
        **desk.context,
        "asked": asked,
        "measures": [(key, label, _url(desk, asked, by=key)) for key, label in MEASURES.items()],
        "in_money": asked.measure in _IN_MONEY,
        "known": known,
        "regions": sorted(regions.items(), key=lambda item: item[1]),
        "rows": rows,
        "mean": asked.told(found.mean),
        "left_out": len(everything) - len(compared),
        "doubles": len(desk.plan.gaps.double),
        "figure": _picture(asked, found, compared) if compared else None,
    }
    return render(request, "events/packets/territories/balance.html", context)


def _asked(request: AuthenticatedRequest, known: queries.Money) -> Asked:
    said = request.GET
    measure = said.get("by", "")
    currency = said.get("currency", "")
    year = whole_number(said.get("year", ""))
    return Asked(
        measure if measure in MEASURES else "accounts",
        currency if currency in known.currencies else next(iter(known.currencies), ""),
        year if year in known.years else None,
        whole_number(said.get("region", "")),
    )


def _url(desk: Desk, asked: Asked, **changes: str) -> str:
    said: dict[str, Any] = {
        "by": asked.measure,
        "currency": asked.currency,
        "year": asked.year,
        "region": asked.region,
        "role": desk.role if len(desk.roles) > 1 else "",
        **changes,
    }
    return "?" + urlencode({key: value for key, value in said.items() if value})


def _picture(
    asked: Asked, found: Balance, compared: Sequence[tuple[SalesTerritory, Load]]
) -> dict[str, Any]:
    """What the figure says and shows; its figures are the table below it."""
    title = _finding(asked, found, compared)
    columns = [
        Column(territory.name, one)
        for (territory, _load), one in zip(compared, found.compared, strict=True)
    ]
    return {
        "title": title,
        "unit": _unit(asked, found),
        # Without a single figure there is nothing to draw, and no one is off the mean
        "drawing": picture.columns(columns, found, asked.on_axis, title) if found.mean else "",
    }


def _finding(asked: Asked, found: Balance, compared: Sequence[tuple[SalesTerritory, Load]]) -> str:
    """The sentence over the picture: how many are off, and the one furthest from the mean."""
    count = len(found.compared)
    if count == 1:
        return _("One territory has nothing to be compared with")
    if not found.mean and asked.measure == "pipeline":
        return _("The CRM states no value of open deals: compare by their number instead")
    if not found.mean:
        return _("There is nothing to compare by yet")
    if not found.uneven:
        return _("All %(count)d territories are within 20%% of the mean") % {"count": count}
    uneven = ngettext(
        "%(uneven)d of %(count)d territories is more than 20%% off the mean",
        "%(uneven)d of %(count)d territories are more than 20%% off the mean",
        found.uneven,
    ) % {"uneven": found.uneven, "count": count}
    pairs = zip(compared, found.compared, strict=True)
    (furthest, _load), one = max(pairs, key=lambda pair: abs(pair[1].deviations))
    return _("%(uneven)s; “%(name)s” is furthest, with %(figure)s, %(distance)s") % {
        "uneven": uneven,
        "name": furthest.name,
        "figure": asked.told(one.value),
        "distance": words.against_mean(one),
    }


def _unit(asked: Asked, found: Balance) -> str:
    """Unit and method in one line."""
    measure = {
        "accounts": _("Accounts in each territory"),
        "deals": _("Open deals at the accounts of each territory"),
        "pipeline": _("Value of open deals, in %(currency)s"),
        "won": _("Won deals, in %(currency)s, all years"),
    }[asked.measure] % {"currency": asked.currency}
    if asked.measure == "won" and asked.year:
        measure = _("Won deals that closed in %(year)s, in %(currency)s") % {
            "year": asked.year,
            "currency": asked.currency,
        }
    return _(
        "%(measure)s. The mean is %(mean)s; an outlier, in red, is more than 1.5 standard deviations"
        " from it."
    ) % {"measure": measure, "mean": asked.told(found.mean)}
