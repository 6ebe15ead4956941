"""What rep and buyer say: who is asked, a form of 90 seconds, an interview, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.reviews import access, actions
from agenda.reviews.forms import AskForm, InterviewForm, RepForm
from agenda.reviews.models import Outcome, Side, Statement
from agenda.reviews.queries import records
from agenda.reviews.rules.reasons import days_after, label, warn_late
from core.lists import Column, Filter, ListSpec
from core.refusals import told_in, told_on
from events.deals.models import Opportunity
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest


def _by_record(deals: QuerySet[Opportunity], value: str) -> QuerySet[Opportunity]:
    return deals.filter(records.MISSING[value])


_LIST = ListSpec(
    columns=[
        Column("deal", gettext_lazy("Deal"), sort=("account__name", "external_id")),
        Column("owner", gettext_lazy("Rep"), sort="owner__full_name"),
        Column("closed", gettext_lazy("Closed"), sort="close_date"),
        Column("value", gettext_lazy("Value"), sort="value", numeric=True),
        Column("rep", gettext_lazy("The rep says")),
        Column("buyer", gettext_lazy("The buyer says")),
        Column("act", gettext_lazy("Ask")),
    ],
    filters=[
        Filter("outcome", gettext_lazy("Outcome"), Outcome.choices, "stage"),
        Filter(
            "records",
            gettext_lazy("Records"),
            [
                ("both", gettext_lazy("Both")),
                ("rep", gettext_lazy("Rep missing")),
                ("buyer", gettext_lazy("Buyer missing")),
            ],
            _by_record,
        ),
    ],
    search=["account__name", "owner__full_name", "external_id"],
    default_order=["-close_date", "-value"],
)


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Every deal of the year, with what each side says of it."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    page = _LIST.page(records.with_records(kickoff), request.GET)
    for deal in page.rows:
        won = deal.stage == Opportunity.Stage.WON
        for side in ("rep_says", "buyer_says"):
            said = getattr(deal, side)
            setattr(deal, f"{side}_words", label(said, won=won) if said else "")
    context = {"kickoff": kickoff, "page": page, "since": records.since(kickoff)}
    return render(request, "agenda/reviews/records.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: AuthenticatedRequest, slug: str, deal_id: int) -> HttpResponse:
    """Ask the rep of a deal, and give somebody the interview with its buyer."""
    kickoff, deal = access.deal_to_ask_or_404(request.user, slug, deal_id)
    known = records.records_of([deal.pk])
    form = AskForm(request.POST or None, initial={"rep": True})
    if form.is_valid():
        interviewer, at = form.cleaned_data["interviewer"], timezone.now()
        with told_in(form, actions.ReviewRefused, field="interviewer"):
            if interviewer:
                actions.ask_interview(
                    kickoff=kickoff, deal=deal, interviewer=interviewer, by=request.user, at=at
                )
            if form.cleaned_data["rep"]:
                actions.ask_rep(kickoff=kickoff, deal=deal, by=request.user, at=at)
            messages.success(request, _("Asked. It waits for them in their bell and their mail."))
            return redirect("agenda:reviews:records", slug)
    context = {
        "kickoff": kickoff,
        "deal": deal,
        "name": records.name_of(deal),
        "rep": known.get((deal.pk, Side.REP)),
        "buyer": known.get((deal.pk, Side.BUYER)),
        "form": form,
        "days": days_after(deal.close_date, kickoff.local_date(timezone.now())),
    }
    return render(request, "agenda/reviews/ask.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def write(request: AuthenticatedRequest, slug: str, statement_id: int) -> HttpResponse:
    """What one was asked for: a rep's own form, or an interview."""
    statement = access.statement_or_404(request.user, slug, statement_id)
    if statement.side == Side.REP:
        return _form(request, statement)
    return _interview(request, statement)


def _form(request: AuthenticatedRequest, statement: Statement) -> HttpResponse:
    won = statement.deal.stage == Opportunity.Stage.WON
    form = RepForm(request.POST or None, won=won, initial=RepForm.initial_of(statement))
    if form.is_valid():
        with told_in(form, actions.ReviewRefused):
            actions.write_form(
                statement=statement, named=form.named(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("Kept. It stands beside what the buyer says."))
            return redirect("agenda:reviews:record", statement.kickoff.slug, statement.pk)
    context = {
        "kickoff": statement.kickoff,
        "statement": statement,
        "form": form,
        "won": won,
        "is_shown": records.was_shown(statement),
    }
    return render(request, "agenda/reviews/form.html", context)


def _interview(request: AuthenticatedRequest, statement: Statement) -> HttpResponse:
    deal = statement.deal
    won = deal.stage == Opportunity.Stage.WON
    form = InterviewForm(request.POST or None, won=won, instance=statement)
    if form.is_valid():
        with told_in(form, actions.ReviewRefused):
            interview = form.interview()
            actions.write_interview(
                statement=statement,
                interview=interview,
                named=form.named(),
                by=request.user,
                at=timezone.now(),
            )
            late = warn_late(days_after(deal.close_date, interview.held_date))
            if late:
                messages.warning(request, late)
            messages.success(request, _("The interview is kept."))
            return redirect("agenda:reviews:record", statement.kickoff.slug, statement.pk)
    context = {
        "kickoff": statement.kickoff,
        "statement": statement,
        "form": form,
        "late": warn_late(days_after(deal.close_date, statement.held_date)),
        "by": statement.due_date,
    }
    return render(request, "agenda/reviews/interview.html", context)


@login_required
@require_POST
def withdraw(request: AuthenticatedRequest, slug: str, statement_id: int) -> HttpResponse:
    statement = access.statement_or_404(request.user, slug, statement_id)
    with told_on(request, actions.ReviewRefused):
        actions.withdraw_consent(statement=statement, by=request.user, at=timezone.now())
        messages.success(request, _("Every word of the buyer is deleted, everywhere."))
    return redirect("agenda:reviews:record", slug, statement.pk)
