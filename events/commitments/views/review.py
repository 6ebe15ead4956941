"""Friday: one screen, one thumb."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import told_in
from events.commitments import actions, queries
from events.commitments.forms import AddForm, AnswerForm
from events.commitments.models import Occurrence
from events.kickoff.access import kickoff_as_attendee_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show_review(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """
    What was promised by this week. Each tap is kept at once where scripts run; the button keeps all
    that was tapped, and ends the review, whatever stays open.
    """
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    now = timezone.now()
    seen = queries.review_of(request.user, kickoff, now)
    data = request.POST if request.method == "POST" else None
    asked = [AnswerForm(one, seen.carry_days, data) for one in [*seen.open, *seen.answered]]
    if data is not None:
        is_tap = request.headers.get("HX-Request") == "true"
        is_kept = _keep(request, [one for one in asked if one.is_answered], is_tap)
        if is_tap:
            seen = queries.review_of(request.user, kickoff, now)
            return render(request, "events/commitments/_tapped.html", {"seen": seen})
        if is_kept:
            if seen.review is not None:
                actions.finish_review(review=seen.review, by=request.user, at=now)
            messages.success(request, _("Reviewed. Have a good weekend."))
            return redirect("events:commitments:mine", slug=slug)
    context = {
        "kickoff": kickoff,
        "seen": seen,
        "asked": asked,
        "add": AddForm(),
        "now": now,
        "states": Occurrence.State,
    }
    return render(request, "events/commitments/review.html", context)


@transaction.atomic
def _keep(request: AuthenticatedRequest, answered: list[AnswerForm], is_tap: bool) -> bool:
    """Keep every answer, or none where one is not whole; a tap keeps what is whole already."""
    for form in answered:
        if form.is_valid():
            with told_in(form, actions.CommitmentRefused):
                actions.settle(
                    occurrence=form.asked.time,
                    answer=form.answer(),
                    by=request.user,
                    at=timezone.now(),
                )
    is_whole = not any(form.errors for form in answered)
    if not is_whole and not is_tap:
        transaction.set_rollback(True)
    return is_whole
