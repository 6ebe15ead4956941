from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.bets import actions, queries
from events.bets.access import bet_or_404
from events.bets.forms import BetForm, PlanForm, ReadingForm
from events.bets.models import BigBet
from events.bets.rules import FEW, MOST
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def list_bets(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return render(request, "events/bets/list.html", _listed(kickoff))


@login_required
@require_http_methods(["GET", "POST"])
def add_bet(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    position = kickoff.bets.count() + 1
    form = BetForm(request.POST or None, position=position)
    if form.is_valid():
        with told_in(form, actions.BetRefused):
            bet = actions.add_bet(
                kickoff=kickoff, words=form.words(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("Bet %(position)s added.") % {"position": bet.position})
            return redirect("events:bets:list", slug=slug)
    context = _listed(kickoff) | {"form": form, "adding": position}
    return render(request, "events/bets/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_bet(request: AuthenticatedRequest, slug: str, bet_id: int) -> HttpResponse:
    bet = bet_or_404(request.user, slug, bet_id)
    form = BetForm(request.POST or None, instance=bet, position=bet.position or 1)
    if form.is_valid():
        with told_in(form, actions.BetRefused):
            try:
                actions.edit_bet(
                    bet=bet,
                    words=form.words(),
                    seen=form.cleaned_data["seen"],
                    by=request.user,
                    at=timezone.now(),
                )
            except actions.ChangedMeanwhile as refusal:
                form.see(refusal.bet)
                raise
            messages.success(request, _("Bet %(position)s saved.") % {"position": bet.position})
            return redirect("events:bets:list", slug=slug)
    context = _listed(bet.kickoff) | {"form": form, "editing": bet.pk}
    return render(request, "events/bets/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_actions(request: AuthenticatedRequest, slug: str, bet_id: int) -> HttpResponse:
    """What a bet suggests that people do, and its readings by month."""
    bet = bet_or_404(request.user, slug, bet_id)
    form = PlanForm(bet, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(request, actions.BetRefused):
            actions.plan_actions(bet=bet, actions=form.actions, by=request.user, at=timezone.now())
            messages.success(request, _("The actions are saved."))
        return redirect("events:bets:plan", slug=slug, bet_id=bet.pk)
    return _plan(request, bet, form, _reading_form(bet))


@login_required
@require_POST
def record_reading(request: AuthenticatedRequest, slug: str, bet_id: int) -> HttpResponse:
    bet = bet_or_404(request.user, slug, bet_id)
    form = ReadingForm(request.POST, today=bet.kickoff.local_date(timezone.now()))
    if form.is_valid():
        with told_in(form, actions.BetRefused):
            actions.record_reading(bet=bet, by=request.user, at=timezone.now(), **form.reading())
            messages.success(request, _("The reading is saved."))
            return redirect("events:bets:plan", slug=slug, bet_id=bet.pk)
    return _plan(request, bet, PlanForm(bet), form)


@login_required
@require_POST
def move_bet(request: AuthenticatedRequest, slug: str, bet_id: int, position: int) -> HttpResponse:
    bet = bet_or_404(request.user, slug, bet_id)
    with told_on(request, actions.BetRefused):
        actions.move_bet(bet=bet, position=position, by=request.user, at=timezone.now())
    return redirect("events:bets:list", slug=slug)


@login_required
@require_POST
def delete_bet(request: AuthenticatedRequest, slug: str, bet_id: int) -> HttpResponse:
    bet = bet_or_404(request.user, slug, bet_id)
    title = bet.title
    actions.delete_bet(bet=bet, by=request.user, at=timezone.now())
    messages.success(request, _("“%(title)s” deleted.") % {"title": title})
    return redirect("events:bets:list", slug=slug)


def _plan(
    request: AuthenticatedRequest, bet: BigBet, form: PlanForm, reading: ReadingForm
) -> HttpResponse:
    context = {
        "kickoff": bet.kickoff,
        "bet": bet,
        "form": form,
        "reading": reading,
        "readings": bet.readings.select_related("region", "team").order_by("-month", "pk"),
    }
    return render(request, "events/bets/plan.html", context)


def _reading_form(bet: BigBet) -> ReadingForm:
    return ReadingForm(today=bet.kickoff.local_date(timezone.now()))


def _listed(kickoff: Kickoff) -> dict[str, Any]:
    bets = queries.bets_for_planners(kickoff)
    return {"kickoff": kickoff, "bets": bets, "may_add": len(bets) < MOST, "few": FEW}
