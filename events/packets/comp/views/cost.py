"""What all plans cost together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from core.ui.charts import Bar, BarsChart
from core.ui.figures import money, percent
from events.packets.comp import access, hooks, queries
from events.packets.comp.forms.cost import INITIAL, SpreadForm
from events.packets.comp.rules.costs import (
    ATTAINMENTS,
    Cost,
    costs,
    in_one,
    lacking_rates,
    mean_of,
    without_quota,
)
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

# Currencies that are drawn, those with the most people; the table has all of them
DRAWN = 4


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    said = request.GET if "spread" in request.GET else INITIAL
    form = SpreadForm(said)
    # What cannot be read is told beside its field; the model stays at the usual spread
    used = form if form.is_valid() else SpreadForm(INITIAL)
    used.is_valid()
    people, plans, lacking = queries.payees(kickoff)
    left_out = without_quota(people, plans)
    unknown = {id(one) for one in left_out}
    counted = [one for one in people if id(one) not in unknown]
    rows = costs(counted, plans, used.distribution)
    reporting = hooks.reporting_of(kickoff)
    whole = in_one(rows, reporting)
    if rows:
        record_entry(by=request.user, verb="comp.cost_viewed", at=timezone.now(), object=kickoff)
    return render(
        request,
        "events/packets/comp/cost.html",
        {
            "kickoff": kickoff,
            "form": form,
            "rows": rows,
            "charts": [_chart(cost) for cost in ([whole] if whole else rows[:DRAWN])],
            "whole": whole,
            "rates": reporting.used(cost.currency for cost in rows) if reporting else [],
            "without_rate": lacking_rates(rows, reporting),
            "attainments": ATTAINMENTS,
            "heads": sum(cost.heads for cost in rows),
            "lacking": lacking,
            "left_out": len(left_out),
            "has_quotas": bool(hooks.find_quotas.registered),
            "mean": mean_of(used.distribution),
        },
    )


@sensitive_variables()
def _chart(cost: Cost) -> BarsChart:
    told = [money(total, cost.currency) for total in cost.totals]
    share = (cost.totals[2] - cost.totals[1]) / cost.totals[1] if cost.totals[1] else Decimal(0)
    title = _("%(at)s at 100%%; at 150%% it costs %(share)s more") % {
        "at": told[1],
        "share": percent(share),
    }
    heads = ngettext("%(n)d rep", "%(n)d reps", cost.heads) % {"n": cost.heads}
    return BarsChart(
        title=title,
        unit=_("Base and variable of %(heads)s a year, everybody at the same attainment")
        % {"heads": heads},
        bars=[*_bars(cost, told)],
        heads=(_("Attainment"), _("Total comp")),
    )


@sensitive_variables()
def _bars(cost: Cost, told: Sequence[str]) -> list[Bar]:
    bars = [
        Bar(percent(at), float(total), text)
        for at, total, text in zip(ATTAINMENTS, cost.totals, told, strict=True)
    ]
    bars.append(Bar(_("As spread"), float(cost.expected), money(cost.expected, cost.currency)))
    return bars
