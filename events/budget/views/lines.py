"""Lines: all of them as a list, one with its revisions, added, revised, decided on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, Filter, ListSpec
from core.numbers import whole_number
from core.refusals import told_in, told_on
from events.budget import access, actions, queries
from events.budget.forms import AnswerForm, LineForm, PaperForm
from events.budget.models import Budget, BudgetLine, Category, Revision
from events.budget.views import showing
from people.accounts.requests import AuthenticatedRequest


def _by_state(lines: QuerySet[BudgetLine], value: str) -> QuerySet[BudgetLine]:
    if value == "waits":
        return lines.filter(revisions__state=Revision.State.WAITING)
    return lines.filter(current__lacks_reason=True)


_LIST = ListSpec(
    columns=[
        Column("line", gettext_lazy("Line"), sort="name"),
        Column("category", gettext_lazy("Category"), sort=("category", "name"), narrow=False),
        Column("planned", gettext_lazy("Planned"), numeric=True),
        Column("committed", gettext_lazy("Committed"), numeric=True, narrow=False),
        Column("invoiced", gettext_lazy("Invoiced"), numeric=True, narrow=False),
        Column("paid", gettext_lazy("Paid"), numeric=True, narrow=False),
        Column("forecast", gettext_lazy("Forecast"), numeric=True),
        Column("over", gettext_lazy("± plan"), numeric=True),
    ],
    filters=[
        Filter("category", gettext_lazy("Category"), Category.choices, "category", chips=False),
        Filter(
            "state",
            gettext_lazy("State"),
            [
                ("waits", gettext_lazy("Waits for approval")),
                ("why", gettext_lazy("Nobody said why")),
            ],
            _by_state,
        ),
    ],
    search=["name", "note"],
    default_order=["category", "pk"],
)


@login_required
@require_GET
def list_lines(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.money_or_404(request.user, slug)
    budget = _budget_or_404(queries.budget_of(kickoff))
    lines = budget.lines.select_related("current__rate")
    page = _LIST.page(lines, request.GET)
    rows = [
        (line, showing.cells(line.current.worth) if line.current else None) for line in page.rows
    ]
    context: dict[str, object] = {"kickoff": kickoff, "budget": budget, "page": page, "rows": rows}
    context["writes"] = access.may_change(request.user, kickoff)
    return render(request, "events/budget/lines.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    rates = queries.rates_of(budget)
    form = LineForm(request.POST or None, budget=budget, rates=rates)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            line = actions.add_line(
                budget=budget,
                words=form.words,
                figures=form.figures,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            _tell(request, line)
            return redirect("events:budget:line", slug=slug, line_id=line.pk)
    context = {"kickoff": budget.kickoff, "budget": budget, "form": form}
    return render(request, "events/budget/line.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def line(request: AuthenticatedRequest, slug: str, line_id: int) -> HttpResponse:
    found = access.line_or_404(request.user, slug, line_id)
    budget = found.budget
    writes = access.may_change(request.user, budget.kickoff)
    if request.method == "POST" and not writes:
        raise Http404
    revisions = list(found.revisions.select_related("rate", "made_by", "decided_by", "predecessor"))
    waits = next((one for one in revisions if one.state == Revision.State.WAITING), None)
    last = waits or found.current
    rates = queries.rates_of(budget)
    form = LineForm(request.POST or None, budget=budget, rates=rates, line=found, last=last)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            _revise(request, found, form)
            return redirect("events:budget:line", slug=slug, line_id=line_id)
    limits = queries.limits_of(budget)
    context = {
        "kickoff": budget.kickoff,
        "budget": budget,
        "line": found,
        "form": form,
        "writes": writes,
        "papers": list(found.files.select_related("file__added_by")),
        "paper_form": PaperForm(),
        "waits": waits,
        "may": waits is not None and writes and limits.may(request.user.pk, waits.asks),
        "answer": AnswerForm(),
        "history": [_told(one, budget) for one in revisions],
        "cells": showing.cells(found.current.worth) if found.current else None,
    }
    return render(request, "events/budget/line.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, line_id: int) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    found = get_object_or_404(BudgetLine, budget=budget, pk=line_id)
    seen = whole_number(request.POST.get("seen", ""))
    with told_on(request, actions.BudgetRefused):
        actions.delete_line(
            line_id=line_id,
            seen=found.version if seen is None else seen,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("“%(name)s” is out of the budget.") % {"name": found.name})
        return redirect("events:budget:page", slug=slug)
    return redirect("events:budget:line", slug=slug, line_id=line_id)


@login_required
@require_POST
def decide(request: AuthenticatedRequest, slug: str, revision_id: int, answer: str) -> HttpResponse:
    revision = access.revision_to_decide_or_404(request.user, slug, revision_id)
    form = AnswerForm(request.POST)
    said = form.cleaned_data["answer"] if form.is_valid() else ""
    with told_on(request, actions.BudgetRefused):
        actions.decide(
            revision_id=revision_id,
            approve=answer == "approve",
            answer=said,
            by=request.user,
            at=timezone.now(),
        )
        done = _("Approved: %(name)s.") if answer == "approve" else _("Sent back: %(name)s.")
        messages.success(request, done % {"name": revision.line.name})
    return redirect("events:budget:page", slug=slug)


def _revise(request: AuthenticatedRequest, found: BudgetLine, form: LineForm) -> None:
    at = timezone.now()
    seen = form.cleaned_data["seen"]
    actions.word_line(line_id=found.pk, words=form.words, by=request.user, at=at)
    actions.revise_line(
        line_id=found.pk,
        figures=form.figures,
        reason=form.cleaned_data["reason"],
        seen=found.version if seen is None else seen,
        by=request.user,
        at=at,
    )
    found.refresh_from_db()
    _tell(request, found)


def _tell(request: AuthenticatedRequest, found: BudgetLine) -> None:
    if found.revisions.waiting().exists():
        messages.info(
            request,
            _("“%(name)s” asks for more than you may approve, and waits.") % {"name": found.name},
        )
    else:
        messages.success(request, _("“%(name)s” saved.") % {"name": found.name})


def _told(revision: Revision, budget: Budget) -> dict[str, object]:
    return {
        "revision": revision,
        "priced": showing.priced(revision),
        "cells": showing.cells(revision.worth),
        "rate": showing.rate_text(revision, budget.currency),
    }


def _budget_or_404(budget: Budget | None) -> Budget:
    if budget is None:
        raise Http404
    return budget
