"""The figures of a round as the page of an approver shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.ui.figures import money, percent
from events.packets.comp.rules.costs import ATTAINMENTS
from events.packets.delivery import queries
from events.packets.delivery.rules import words
from events.packets.delivery.rules.aggregates import Against, Group, Sums
from events.packets.delivery.views.showing import BAR_PARTS
from events.packets.quotas.rules.words import signed


@sensitive_variables()
def shown(found: queries.Round) -> dict[str, Any]:
    """Rows of sums by currency and region, what they come to, exceptions and costs."""
    reporting = found.reporting.currency if found.reporting else ""
    costs = [one for one in map(_costs, _whole(found)) if one]
    return {
        "finding": [_finding(one) for one in _whole(found)],
        "sums": [_row(one, one.currency, reporting) for one in found.by_currency],
        "regions": [_row(one, one.region or _("No region"), reporting) for one in found.by_region],
        "total": _row(found.total, _("All that is shown"), reporting)
        if found.total and len(found.by_currency) > 1
        else None,
        "has_last": any(one.last for one in found.by_currency),
        "has_plan": any(one.plan for one in found.by_currency),
        "exceptions": [
            {
                "what": words.exception(kind, found.last_name),
                "how_many": words.how_many(way, count),
                "way": way,
            }
            for kind, way, count in found.exceptions
        ],
        "costs": costs,
        "costs_hidden": bool(found.by_currency) and len(costs) < len(_whole(found)),
    }


def _whole(found: queries.Round) -> list[Group]:
    """All that is shown, in one currency where there are rates, else each by itself."""
    return [found.total] if found.total else found.by_currency


def _finding(group: Group) -> dict[str, str | int]:
    return {
        "count": group.count,
        "quota": money(group.sums.quota, group.currency),
        "variable": money(group.sums.target_variable, group.currency),
    }


def _row(group: Group, name: str, reporting: str) -> dict[str, Any]:
    def amounts(sums: Sums, code: str) -> list[str]:
        return [money(one, code) for one in (sums.quota, sums.base, sums.target_variable)]

    own = amounts(group.sums, group.currency)
    if group.reported is None or group.currency == reporting:
        cells = [(one, "") for one in own]
    else:
        cells = list(zip(amounts(group.reported, reporting), own, strict=True))
    return {
        "name": name,
        "code": group.currency,
        "count": group.count,
        "cells": cells,
        "last": _against(group.last),
        "plan": _against(group.plan),
    }


def _against(against: Against | None) -> dict[str, str | int] | None:
    if against is None:
        return None
    return {
        "quota": signed(against.quota_change),
        "variable": signed(against.variable_change),
        "count": against.count,
    }


def _costs(group: Group) -> dict[str, Any] | None:
    """Base and payout a year when everybody closes a share of quota; None where that is hidden."""
    sums = group.sums
    if sums.cost_half is None or sums.cost_above is None:
        return None
    costs = (sums.cost_half, sums.on_target, sums.cost_above)
    most = max(costs) or Decimal(1)
    return {
        "currency": group.currency,
        "count": group.count,
        "above": signed(sums.cost_above / sums.on_target - 1) if sums.on_target else "",
        "at": [
            {
                "share": percent(share),
                "closed": money(sums.quota * share, group.currency),
                "cost": money(cost, group.currency),
                "width": f"{cost / most * BAR_PARTS:.1f}",
            }
            for share, cost in zip(ATTAINMENTS, costs, strict=True)
        ],
    }
