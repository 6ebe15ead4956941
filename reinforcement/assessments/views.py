from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import told_in
from people.accounts.requests import AuthenticatedRequest
from reinforcement.assessments import access, actions, queries
from reinforcement.assessments.forms import RubricForm
from reinforcement.campaigns.queries import campaign_counts, day_of
from reinforcement.touches.access import kickoff_of_manager_or_404


@login_required
@require_GET
def show_results(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.results_or_404(request.user, slug)
    now = timezone.now()
    averages = queries.retention(kickoff)
    certified, candidates = queries.certified_count(kickoff, now)
    context = {
        "kickoff": kickoff,
        "day": day_of(kickoff, now),
        "averages": averages,
        "chart": queries.retention_chart(averages),
        "topics": queries.retention_by_topic(kickoff, list(averages)),
        "days": list(averages),
        "counts": campaign_counts(kickoff, now),
        "certified": certified,
        "candidates": candidates,
    }
    return render(request, "reinforcement/assessments/results.html", context)


@login_required
@require_GET
def list_certifications(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_of_manager_or_404(request.user, slug)
    now = timezone.now()
    context = {
        "kickoff": kickoff,
        "candidates": queries.candidates(request.user, kickoff, now),
        "now": now,
    }
    return render(request, "reinforcement/assessments/certifications.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def score_behaviours(request: AuthenticatedRequest, slug: str, touch_id: int) -> HttpResponse:
    touch = access.certification_to_mark_or_404(request.user, slug, touch_id)
    form = RubricForm(request.POST or None, rubric=queries.rubric(touch))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.ReviewRefused):
            certification = actions.score_behaviours(
                touch=touch, marks=form.marks, by=request.user, at=timezone.now()
            )
            messages.success(request, _("Certified.") if certification else _("Marks recorded."))
            return redirect("reinforcement:assessments:certifications", slug=slug)
    context = {
        "kickoff": touch.activity.campaign.kickoff,
        "touch": touch,
        "form": form,
        "is_due": touch.due_at <= timezone.now(),
    }
    return render(request, "reinforcement/assessments/score.html", context)
