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
from events.bets.forms import BetForm
from events.bets.models import MOST_BETS
from events.kickoff.access import kickoff_or_404, kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def list_bets(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    bets = queries.bets_of(kickoff)
    return render(
        request,
        "events/bets/list.html",
        {"kickoff": kickoff, "bets": bets, "may_add": len(bets) < MOST_BETS},
    )


@login_required
@require_http_methods(["GET", "POST"])
def add_bet(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = BetForm(request.POST or None)
    if form.is_valid():
        with told_in(form, actions.BetRefused):
            bet = actions.add_bet(
                kickoff=kickoff, words=form.words(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("Bet %(position)s added.") % {"position": bet.position})
            return redirect("events:bets:list", slug=slug)
    bets = queries.bets_of(kickoff)
    context = {"kickoff": kickoff, "bets": bets, "form": form, "adding": True}
    return render(request, "events/bets/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_bet(request: AuthenticatedRequest, slug: str, bet_id: int) -> HttpResponse:
    bet = bet_or_404(request.user, slug, bet_id)
    form = BetForm(request.POST or None, instance=bet)
    if form.is_valid():
        actions.edit_bet(bet=bet, words=form.words(), by=request.user, at=timezone.now())
        messages.success(request, _("Bet %(position)s saved.") % {"position": bet.position})
        return redirect("events:bets:list", slug=slug)
    bets = queries.bets_of(bet.kickoff)
    context = {"kickoff": bet.kickoff, "bets": bets, "form": form, "editing": bet.pk}
    return render(request, "events/bets/list.html", context)


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


@login_required
@require_GET
def read_bets(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    bets = queries.bets_of(kickoff)
    return render(request, "events/bets/mine.html", {"kickoff": kickoff, "bets": bets})
