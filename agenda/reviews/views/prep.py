"""What the deal team and who facilitates prepare."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agenda.reviews import access, actions
from agenda.reviews.forms import StepForm
from agenda.reviews.queries import room
from core.refusals import told_in
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show(request: AuthenticatedRequest, slug: str, review_id: int) -> HttpResponse:
    """The steps of a review, and for who leads it one more."""
    review = access.review_to_prepare_or_404(request.user, slug, review_id)
    leads = access.leads(request.user, review)
    form = StepForm(request.POST or None) if leads else None
    if request.method == "POST" and form is None:
        raise Http404
    if form and form.is_valid():
        with told_in(form, actions.ReviewRefused):
            actions.add_step(
                review=review,
                title=form.cleaned_data["title"],
                owner=form.cleaned_data["owner"],
                due_date=form.cleaned_data["due_date"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agenda:reviews:prep", slug, review.pk)
    at = timezone.now()
    context = {
        "kickoff": review.kickoff,
        "review": review,
        "steps": review.steps.select_related("owner"),
        "today": review.kickoff.local_date(at),
        "beats": room.beats_of(review, room.siblings_of(review)),
        "form": form,
        "leads": leads,
    }
    return render(request, "agenda/reviews/prep.html", context)


@login_required
@require_POST
def tick(request: AuthenticatedRequest, slug: str, review_id: int, step_id: int) -> HttpResponse:
    step = access.step_or_404(request.user, slug, review_id, step_id)
    actions.tick_step(
        step=step, done="undo" not in request.POST, by=request.user, at=timezone.now()
    )
    return redirect("agenda:reviews:prep", slug, review_id)


@login_required
@require_POST
def drop(request: AuthenticatedRequest, slug: str, review_id: int, step_id: int) -> HttpResponse:
    step = access.step_or_404(request.user, slug, review_id, step_id)
    if not access.leads(request.user, step.review):
        raise Http404
    actions.drop_step(step=step, by=request.user, at=timezone.now())
    messages.success(request, _("The step is gone."))
    return redirect("agenda:reviews:prep", slug, review_id)
