"""The week of a plan as it is now: what the digest tells on the first working day."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from events.planning import access, queries
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.digest_or_404(request.user, slug)
    whole = queries.reads_whole_plan(request.user)
    week = queries.week_of(kickoff, timezone.now())
    context = {
        "kickoff": kickoff,
        "week": week if whole else week.of(request.user),
        "is_whole": whole,
        "is_linked": request.user.is_planner or not whole,  # who may open the tasks that it names
    }
    return render(request, "events/planning/digest.html", context)
