from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest
from reinforcement.campaigns import access, actions, queries
from reinforcement.campaigns.forms import ActivityForm


@login_required
@require_GET
def show_plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    plan = queries.plan(kickoff, timezone.now())
    return render(request, "reinforcement/campaigns/plan.html", {"kickoff": kickoff, "plan": plan})


@login_required
@require_POST
def fill_plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    actions.fill_plan(kickoff, request.user, timezone.now())
    messages.success(request, _("The plan is filled in. Change what does not fit your company."))
    return redirect("reinforcement:campaigns:plan", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def create_activity(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    initial = {"day_offset": request.GET.get("day"), "session": request.GET.get("session")}
    form = ActivityForm(request.POST or None, kickoff=kickoff, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.CampaignRefused):
            activity = actions.add_activity(
                kickoff=kickoff,
                values=form.values,
                topics=form.chosen_topics,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": activity.title})
            return redirect("reinforcement:campaigns:plan", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    return render(request, "reinforcement/campaigns/activity.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_activity(request: AuthenticatedRequest, slug: str, activity_id: int) -> HttpResponse:
    activity = access.activity_or_404(request.user, slug, activity_id)
    kickoff = activity.campaign.kickoff
    form = ActivityForm(request.POST or None, kickoff=kickoff, instance=activity)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.CampaignRefused):
            actions.change_activity(
                activity=activity,
                values=form.values,
                topics=form.chosen_topics,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(title)s” is changed.") % {"title": activity.title})
            return redirect("reinforcement:campaigns:plan", slug=slug)
    context = {"kickoff": kickoff, "form": form, "activity": activity}
    return render(request, "reinforcement/campaigns/activity.html", context)


@login_required
@require_POST
def withdraw_activity(request: AuthenticatedRequest, slug: str, activity_id: int) -> HttpResponse:
    activity = access.activity_or_404(request.user, slug, activity_id)
    deleted = actions.withdraw_activity(activity=activity, by=request.user, at=timezone.now())
    said = (
        _("“%(title)s” is deleted.")
        if deleted
        else _("“%(title)s” is out of the plan. What people did stays.")
    )
    messages.success(request, said % {"title": activity.title})
    return redirect("reinforcement:campaigns:plan", slug=slug)
