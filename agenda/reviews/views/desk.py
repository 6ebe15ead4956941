"""Three deals on one desk: rep beside buyer, why these, what they say together; and a page of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.reviews import access, actions
from agenda.reviews.forms import ChoiceForm, PlaceForm, ReviewForm
from agenda.reviews.models import Review
from agenda.reviews.queries import desk, records, room
from agenda.reviews.rules.drawing import pictures_of
from core.refusals import told_in, told_on
from core.typesetting.papers import paper
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The first review that has a deal, or what to do where none has."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    places = desk.places(kickoff)
    shown = next((one for one in places if one.deal_id), None)
    if shown is None:
        context = _around(kickoff, places) | {"has_deals": desk.has_deals(kickoff)}
        return render(request, "agenda/reviews/empty.html", context)
    return _page(request, kickoff, places, shown)


@login_required
@require_GET
def show_review(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    review = access.review_to_lead_or_404(request.user, slug, review_id)
    led = {one.pk for one in access.reviews_led_by(request.user).filter(kickoff=review.kickoff)}
    places = [one for one in desk.places(review.kickoff) if one.pk in led]
    shown = next(one for one in places if one.pk == review.pk)
    return _page(request, review.kickoff, places, shown)


def _page(
    request: AuthenticatedRequest, kickoff: Kickoff, places: list[Review], shown: Review
) -> HttpResponse:
    known = records.records_of([one.deal_id for one in places])
    if shown.deal is None:
        raise Http404
    compared = records.compare(shown.deal, known, "desk")
    siblings = [one.pk for one in places if one.session_id == shown.session_id]
    context = _around(kickoff, places) | {
        "shown": shown,
        "days": (shown.deal.close_date - shown.deal.engage_date).days
        if shown.deal.close_date and shown.deal.engage_date
        else None,
        "compared": compared,
        "guesses": room.guesses_of(shown, compared.truth),
        "beats": room.beats_of(shown, siblings),
        "missing": desk.missing(places, known),
        "plans": request.user.is_planner,
    }
    return render(request, "agenda/reviews/board.html", context)


def _around(kickoff: Kickoff, places: list[Review]) -> dict[str, Any]:
    """What stands below each review: all lost deals, themes, and why these deals."""
    over = records.overall(kickoff)
    return {
        "kickoff": kickoff,
        "places": places,
        "mix": desk.mix_of(places),
        "overall": over,
        "pictures": pictures_of(over.gaps) if over.gaps else [],
        "themes": desk.themes_of(kickoff, timezone.now()),
    }


@login_required
@require_POST
def open_places(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    places = actions.open_places(kickoff=kickoff, by=request.user, at=timezone.now())
    return redirect("agenda:reviews:choose", slug, places[0].pk)


@login_required
@require_POST
def add_place(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = PlaceForm(request.POST)
    if form.is_valid():
        with told_on(request, actions.ReviewRefused):
            made = actions.add_place(
                kickoff=kickoff,
                outcome=form.cleaned_data["outcome"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agenda:reviews:choose", slug, made.pk)
    return redirect("agenda:reviews:board", slug)


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """The shortlist of a place with reasons, and any other deal by a search."""
    review = access.review_to_plan_or_404(request.user, slug, review_id)
    form = ChoiceForm(request.POST or None)
    if form.is_valid():
        deal = desk.deal_for(review, form.cleaned_data["deal"])
        if deal is None:
            raise Http404
        with told_on(request, actions.ReviewRefused):
            actions.choose_deal(
                review=review,
                deal=deal,
                why=desk.why_chosen(review, deal),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Chosen. Its rep is asked; now give away the interview."))
            return redirect("agenda:reviews:ask", slug, deal.pk)
        return redirect("agenda:reviews:choose", slug, review.pk)
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "kickoff": review.kickoff,
        "review": review,
        "places": desk.places(review.kickoff),
        "candidates": desk.candidates(review),
        "text": text,
        "found": desk.found_deals(review, text) if text else [],
        "looked_at": desk.LOOKED_AT,
        "since": records.since(review.kickoff),
    }
    return render(request, "agenda/reviews/choose.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """In which session a review is, and why its deal."""
    review = access.review_to_plan_or_404(request.user, slug, review_id)
    form = ReviewForm(request.POST or None, instance=review)
    if form.is_valid():
        with told_in(form, actions.ReviewRefused):
            actions.place_review(
                review=review,
                session=form.cleaned_data["session"],
                why=form.cleaned_data.get("why", ""),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agenda:reviews:board", slug)
    context = {"kickoff": review.kickoff, "review": review, "form": form}
    return render(request, "agenda/reviews/edit.html", context)


@login_required
@require_POST
def free(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    review = access.review_to_plan_or_404(request.user, slug, review_id)
    with told_on(request, actions.ReviewRefused):
        actions.free_place(review=review, by=request.user, at=timezone.now())
        messages.success(request, _("The place is free. Choose another deal."))
        return redirect("agenda:reviews:choose", slug, review.pk)
    return redirect("agenda:reviews:board", slug)


@login_required
@require_GET
def on_paper(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """One page of a deal, with no word of a buyer that may not stand on paper."""
    review = access.review_to_lead_or_404(request.user, slug, review_id)
    if review.deal is None:
        raise Http404
    compared = records.compare(review.deal, records.records_of([review.deal_id]), "paper")
    context = {
        "kickoff": review.kickoff,
        "review": review,
        "deal": review.deal,
        "compared": compared,
        "guesses": room.guesses_of(review, compared.truth),
        "themes": desk.themes_in(review, timezone.now()),
        "at": timezone.now(),
    }
    name = f"{slugify(review.name) or review.pk}-review.pdf"
    styles = ["agenda/reviews/paper.css"]
    return paper(request, "agenda/reviews/paper.html", context, styles=styles, name=name)
