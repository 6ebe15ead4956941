"""What came of what was said, as those read it who were in the room."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agenda.insights import access, actions, queries
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What one's rooms were told, and where stands what one signed."""
    at = timezone.now()
    kickoff = access.kickoff_of_room_or_404(request.user, slug)
    today = kickoff.local_date(at)
    context = {
        "kickoff": kickoff,
        "told": [
            (one, *queries.state_of(one, today)) for one in queries.told_to(request.user, kickoff)
        ],
        "signed": [queries.words_of(one, at) for one in queries.signed_by(request.user, kickoff)],
    }
    return render(request, "agenda/insights/mine.html", context)


@login_required
@require_GET
def show_answer(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    """One answer; whoever was told has read it now."""
    at = timezone.now()
    insight = access.answer_or_404(request.user, slug, insight_id)
    actions.record_reading(insight=insight, by=request.user, at=at)
    state, shape = queries.state_of(insight, insight.kickoff.local_date(at))
    context = {
        "kickoff": insight.kickoff,
        "insight": insight,
        "state": state,
        "shape": shape,
    }
    return render(request, "agenda/insights/answer.html", context)


@login_required
@require_GET
def show_changes(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What is different because the field said so."""
    kickoff = access.kickoff_of_room_or_404(request.user, slug)
    context = {"kickoff": kickoff, "changes": queries.changes_of(kickoff)}
    return render(request, "agenda/insights/changes.html", context)
