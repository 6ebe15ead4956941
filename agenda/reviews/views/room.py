"""The room: one screen for all, a phone for each guess. Both ask for themselves anew while it is open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agenda.door.rendering import drawn
from agenda.reviews import access, actions
from agenda.reviews.forms import GuessForm, PartForm
from agenda.reviews.models import Review
from agenda.reviews.queries import desk, room
from core.refusals import told_on
from people.accounts.requests import AuthenticatedRequest


def _asks_again(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _code(slug: str, review: Review) -> str:
    """What a phone reads off the wall while the room guesses: the address of the session's page."""
    if not review.is_guessing or review.session_id is None:
        return ""
    path = reverse("agenda:reviews:phone", args=[slug, review.session_id])
    return drawn(f"{settings.SITE_URL}{path}")


@login_required
@require_GET
def show_screen(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """What the room sees, and under it the one button of whoever leads."""
    review = access.review_to_lead_or_404(request.user, slug, review_id)
    context = {
        "kickoff": review.kickoff,
        "review": review,
        "room": room.room_of(review),
        "themes": desk.themes_in(review, timezone.now()),
        "code": _code(slug, review),
    }
    template = "_screen.html" if _asks_again(request) else "screen.html"
    return render(request, f"agenda/reviews/{template}", context)


@login_required
@require_POST
def go(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """Show the next part, or the one before."""
    review = access.review_to_lead_or_404(request.user, slug, review_id)
    form = PartForm(request.POST)
    if form.is_valid():
        act = actions.go_back if form.cleaned_data["back"] else actions.go_on
        with told_on(request, actions.ReviewRefused):
            act(
                review=review,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
    return redirect("agenda:reviews:room", slug, review.pk)


@login_required
@require_GET
def show_phone(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """The review that runs in a session: guess, then read what the room reads."""
    kickoff, session = access.session_as_guest_or_404(request.user, slug, session_id)
    review = room.running_in(session_id)
    context: dict[str, Any] = {"kickoff": kickoff, "session": session, "review": review}
    if review is not None:
        context |= {
            "room": room.room_of(review),
            "form": GuessForm(won=review.is_won),
            "has_guessed": room.has_guessed(review, request.user),
            "knows": review.is_guessing and actions.knows(review, request.user),
            "themes": desk.themes_in(review, timezone.now()),
        }
    template = "_phone.html" if _asks_again(request) else "phone.html"
    return render(request, f"agenda/reviews/{template}", context)


@login_required
@require_POST
def guess(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    review = access.review_to_guess_or_404(request.user, slug, review_id)
    form = GuessForm(request.POST, won=review.is_won)
    if form.is_valid():
        with told_on(request, actions.ReviewRefused):
            actions.guess(review=review, reason=form.cleaned_data["reason"], by=request.user)
    return redirect("agenda:reviews:phone", slug, review.session_id)
