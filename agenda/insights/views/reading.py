"""Insights as those read them who plan, watch, or answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agenda.insights import access, queries
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_one(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    insight = access.insight_or_404(request.user, slug, insight_id)
    context = {
        "kickoff": insight.kickoff,
        "insight": insight,
        "words": queries.words_of(insight, timezone.now()),
    }
    return render(request, "agenda/insights/page.html", context)
