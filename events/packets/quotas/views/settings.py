"""The settings of a plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.numbers import whole_number
from core.refusals import told_in
from events.kickoff.models import Kickoff
from events.packets.quotas import access, actions, queries
from events.packets.quotas.forms.plan import (
    PlanForm,
    PlanRates,
    RatesFormSet,
    initial_plan,
    plan_values,
    rate_values,
)
from events.packets.quotas.models import QuotaPlan
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def settings(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    plan = queries.plan_of(kickoff)
    won = queries.won_totals()
    form, rates = _forms(request, kickoff, plan, {year for year, *_rest in won})
    if request.method == "POST" and _are_valid(form, rates):
        details = form.details(rates.rates())
        with told_in(form, actions.QuotaRefused):
            _save(request, kickoff, plan, details)
            messages.success(
                request,
                _("The plan is saved. Amounts follow with the next cascade.")
                if plan
                else _("The plan is there. Now cascade it."),
            )
            return redirect(
                "events:packets:quotas:cascade" if not plan else "events:packets:quotas:plan",
                slug=slug,
            )
    context = {
        "kickoff": kickoff,
        "plan": plan,
        "form": form,
        "rates": rates,
        "seen": request.POST.get("seen") or (plan.version if plan else 0),
        "levels": queries.levels_of(kickoff).levels,
        "won": won,
    }
    return render(request, "events/packets/quotas/settings.html", context)


def plan_start(kickoff: Kickoff) -> date:
    """The first of the month after the kickoff, as a first guess at the plan year."""
    ends = kickoff.ends_date
    return date(ends.year + ends.month // 12, ends.month % 12 + 1, 1)


def _forms(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    plan: QuotaPlan | None,
    won_years: Collection[int],
) -> tuple[PlanForm, RatesFormSet]:
    data: Any = request.POST if request.method == "POST" else None
    initial = plan_values(plan) if plan else initial_plan(kickoff, plan_start(kickoff), won_years)
    known = rate_values(list(queries.rates_of(plan).values())) if plan else []
    rates: RatesFormSet = PlanRates(data, initial=known, prefix="rates")  # type: ignore[assignment]  # the factory's type knows no base of ours
    return PlanForm(data, initial=initial), rates


def _are_valid(form: PlanForm, rates: RatesFormSet) -> bool:
    is_valid = form.is_valid()
    rates.plan_currency = form.cleaned_data.get("currency", "")
    return rates.is_valid() and is_valid


def _save(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    plan: QuotaPlan | None,
    details: actions.PlanDetails,
) -> None:
    at, by = timezone.now(), request.user
    if plan is None:
        actions.create_plan(kickoff=kickoff, details=details, by=by, at=at)
        return
    actions.update_plan(
        plan_id=plan.pk,
        details=details,
        seen=whole_number(request.POST.get("seen", "")) or 0,
        by=by,
        at=at,
    )
