"""What managers and planners see: plans to agree, and how much is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_on
from events.commitments import actions, queries
from events.commitments.access import kickoff_of_team_or_404, plan_of_report_or_404
from events.kickoff.access import kickoff_to_watch_or_404
from people.accounts.requests import AuthenticatedRequest
from people.org.models import Region


@login_required
@require_GET
def show_report(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    plan = plan_of_report_or_404(request.user, slug, person_id)
    view = queries.plan_of(plan.person, plan.kickoff, timezone.now(), for_manager=True)
    context = {"kickoff": plan.kickoff, "rep": plan.person, "view": view}
    return render(request, "events/commitments/report.html", context)


@login_required
@require_POST
def agree(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    plan = plan_of_report_or_404(request.user, slug, person_id)
    with told_on(request, actions.CommitmentRefused):
        actions.agree_plan(plan=plan, by=request.user, at=timezone.now())
        messages.success(request, _("Agreed with %(name)s.") % {"name": plan.person.display_name})
    return redirect("events:commitments:report", slug=slug, person_id=person_id)


@login_required
@require_GET
def show_team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_of_team_or_404(request.user, slug)
    now = timezone.now()
    context = {
        "kickoff": kickoff,
        "strip": queries.kept_by_week(kickoff, now, request.user),
        "plans": queries.plans_of_team(request.user, kickoff, now),
    }
    return render(request, "events/commitments/team.html", context)


@login_required
@require_GET
def show_board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_watch_or_404(request.user, slug)
    asked = request.GET.get("region", "")
    is_id = asked.isascii() and asked.isdigit() and len(asked) < 16
    region = get_object_or_404(Region, pk=asked) if is_id else None
    strip = queries.kept_by_week(kickoff, timezone.now(), region=region)
    context = {"kickoff": kickoff, "strip": strip, "region": region}
    return render(request, "events/commitments/board.html", context)
