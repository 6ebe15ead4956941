"""What a budget is multiplied by, who owns it, at which rates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.budget import access, actions, queries
from events.budget.forms import OwnerForm, RateForm, SettingsForm
from events.budget.models import Budget
from events.budget.queries.board import worth_of_one
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.money_to_change_or_404(request.user, slug)
    budget = queries.budget_of(kickoff)
    at = timezone.now()
    suggested = queries.suggested_drivers(kickoff, at)
    form = SettingsForm(request.POST or None, budget=budget, suggested=suggested)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            if budget is None:
                actions.begin_budget(
                    kickoff=kickoff, settings=form.settings, by=request.user, at=at
                )
                messages.success(request, _("The budget has begun. Add its lines."))
            else:
                reason = form.cleaned_data["reason"] or _("Numbers of the budget changed")
                revised = actions.change_budget(
                    budget=budget, settings=form.settings, reason=reason, by=request.user, at=at
                )
                said = ngettext(
                    "Saved; %(count)d line was revised.",
                    "Saved; %(count)d lines were revised.",
                    revised,
                )
                messages.success(request, said % {"count": revised})
            return redirect("events:budget:page", slug=slug)
    context: dict[str, object] = {
        "kickoff": kickoff,
        "budget": budget,
        "form": form,
        "suggested": suggested,
    }
    if budget:
        context |= _beside(request, budget)
    return render(request, "events/budget/settings.html", context)


@login_required
@require_POST
def name_owner(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    budget = access.budget_to_rule_or_404(request.user, slug)
    at = timezone.now()
    form = OwnerForm(request.POST, people=queries.possible_owners(at))
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            person = form.cleaned_data["person"]
            actions.name_owner(
                budget=budget,
                person=person,
                limit=form.cleaned_data["limit"],
                by=request.user,
                at=at,
            )
            messages.success(
                request, _("%(name)s owns of the budget.") % {"name": person.full_name}
            )
            return redirect("events:budget:settings", slug=slug)
    return _again(request, budget, {"owner_form": form})


@login_required
@require_POST
def remove_owner(request: AuthenticatedRequest, slug: str, owner_id: int) -> HttpResponse:
    budget = access.budget_to_rule_or_404(request.user, slug)
    with told_on(request, actions.BudgetRefused):
        actions.remove_owner(budget=budget, owner_id=owner_id, by=request.user, at=timezone.now())
    return redirect("events:budget:settings", slug=slug)


@login_required
@require_POST
def note_rate(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    form = RateForm(request.POST, budget=budget)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            actions.note_rate(
                budget=budget, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Rate noted. Amounts that are there keep theirs."))
            return redirect("events:budget:settings", slug=slug)
    return _again(request, budget, {"rate_form": form})


def _again(request: AuthenticatedRequest, budget: Budget, forms: dict[str, object]) -> HttpResponse:
    """The page of settings with what was wrong beside its field."""
    suggested = queries.suggested_drivers(budget.kickoff, timezone.now())
    form = SettingsForm(budget=budget, suggested=suggested)
    context = {"kickoff": budget.kickoff, "budget": budget, "form": form, "suggested": suggested}
    context |= _beside(request, budget) | forms
    return render(request, "events/budget/settings.html", context)


def _beside(request: AuthenticatedRequest, budget: Budget) -> dict[str, object]:
    at = timezone.now()
    rates = queries.rates_of(budget)
    return {
        "rules": request.user.is_planner,
        "owners": budget.owners.select_related("person"),
        "owner_form": OwnerForm(people=queries.possible_owners(at)),
        "rates": [(rate, *worth_of_one(rate, budget.currency)) for rate in rates],
        "rate_form": RateForm(budget=budget, today=budget.kickoff.local_date(at)),
    }
