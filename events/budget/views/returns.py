"""The pages of people's time and of the return."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import told_in
from core.typesetting.papers import paper
from events.budget import access, actions, queries
from events.budget.forms import AssumptionsForm, DaysForm, RoleForms, ScenarioForms
from events.budget.forms.model import roles_known, roles_said, scenarios_known
from events.budget.hooks import find_measured
from events.budget.models import Budget
from events.budget.queries import returns
from events.budget.rules.cost import Cost
from events.budget.rules.returns import HEADS, swings
from events.budget.rules.scenarios import Change, Priced, cost_of
from events.budget.views import returning
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def back(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    return render(request, "events/budget/return.html", _return(request, slug))


@login_required
@require_GET
def back_on_paper(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The return on one page, with how it is reckoned and from what."""
    context = _return(request, slug) | {"at": timezone.now()}
    styles, name = ["events/budget/return_pdf.css"], f"{slug}-return.pdf"
    return paper(request, "events/budget/return_pdf.html", context, styles=styles, name=name)


def _return(request: AuthenticatedRequest, slug: str) -> dict[str, Any]:
    kickoff = access.money_or_404(request.user, slug)
    budget = get_object_or_404(Budget, kickoff=kickoff)
    budget.kickoff = kickoff
    board = queries.board_of(budget)
    rates = returns.day_rates_of(budget)
    cost = returns.cost_of_plan(board, rates)
    year = returns.deal_year_of(board)
    lines = returns.priced_lines(board)
    model = returns.model_of(budget, cost, year.deals) if year else None
    if model and not model.is_told:
        model = None
    scenarios = returns.scenarios_of(budget) or actions.usual_scenarios(budget)
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "budget": budget,
        "cost": cost,
        "lines": lines,
        "rates": rates,
        "year": year,
        "model": model,
        "writes": access.may_change(request.user, kickoff),
        "measured": [one for one in find_measured(kickoff, request.user) if one],
        "scenarios": returning.side_by_side(scenarios, lines, budget, cost, model),
    }
    if model:
        found = swings(model, cost.hard, _heads(budget, cost, lines))
        context |= {
            "headline": returning.headline(model, budget.reps),
            "levers": list(returning.levers(model, budget)),
            "tornado": returning.tornado(found, model, budget.currency),
        }
    return context


def _heads(budget: Budget, cost: Cost, lines: list[Priced]) -> tuple[int, Any, int, Any] | None:
    """More guests and fewer, each with the full cost then; None where nobody is counted."""
    step = round(budget.heads * HEADS)
    if not step:
        return None
    more, fewer = (
        cost_of(lines, budget.drivers, Change(heads=each), cost, budget.days_of_time)
        for each in (step, -step)
    )
    return more.heads, more.full, fewer.heads, fewer.full


@login_required
@require_http_methods(["GET", "POST"])
def time(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.time_to_say_or_404(request.user, slug)
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "sees_money": access.sees_money(request.user, kickoff),
    }
    budget = queries.budget_of(kickoff)
    if budget is None:
        if request.method == "POST":
            raise Http404
        return render(request, "events/budget/time.html", context)
    data = request.POST or None
    form = DaysForm(data, initial={"days": budget.time_days})
    roles = RoleForms(data, initial=roles_known(returns.day_rates_of(budget)), prefix="roles")
    if form.is_valid() and roles.is_valid():
        with told_in(form, actions.BudgetRefused):
            actions.set_time(
                budget=budget,
                days=form.cleaned_data["days"],
                roles=roles_said(roles),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("People’s time saved."))
            return redirect(
                f"events:budget:{'page' if context['sees_money'] else 'time'}", slug=slug
            )
    context |= {"budget": budget, "form": form, "roles": roles}
    return render(request, "events/budget/time.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def model(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    form = AssumptionsForm(request.POST or None, budget=budget)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            actions.assume(
                budget=budget, assumptions=form.assumptions, by=request.user, at=timezone.now()
            )
            return redirect("events:budget:return", slug=slug)
    context = {"kickoff": budget.kickoff, "budget": budget, "form": form}
    return render(request, "events/budget/model.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def scenarios(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    known = returns.scenarios_of(budget) or actions.usual_scenarios(budget)
    forms = ScenarioForms(request.POST or None, initial=scenarios_known(known), prefix="ways")
    if forms.is_valid():
        said = [form.scenario for form in forms.forms]
        actions.set_scenarios(
            budget=budget,
            scenarios=[one for one in said if one],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("events:budget:return", slug=slug)
    context = {"kickoff": budget.kickoff, "budget": budget, "forms": forms}
    return render(request, "events/budget/scenarios.html", context)


def bench_context(board: queries.Board) -> dict[str, Any]:
    """The plan beside what others say that a kickoff costs, for the page of the budget."""
    rates = returns.day_rates_of(board.budget)
    cost = returns.cost_of_plan(board, rates, planned=True)
    dollar = returns.worth_of_benchmarks(board)
    currency = board.budget.currency
    return {
        "cost": cost,
        "day_rates": rates,
        "dollar": dollar,
        "benchmarks": list(returning.benchmarks(cost, dollar, currency)) if dollar else [],
    }
