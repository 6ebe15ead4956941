"""A manager's questions: of everybody below them, and what waits for their word."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.lists import Column, ListSpec
from events.packets.inquiries import access, queries
from events.packets.inquiries.views.inbox import HOLDER, KIND, STATE, put_in_words
from people.accounts.requests import AuthenticatedRequest

TEAM = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="asked_by__full_name"),
        Column("kind", gettext_lazy("Kind"), sort="kind"),
        Column("with", gettext_lazy("With"), sort="holder", narrow=False),
        Column("asked", gettext_lazy("Asked"), sort="opened_at", narrow=False),
        Column("due", gettext_lazy("Due"), sort="due_at", narrow=False),
        Column("state", gettext_lazy("State"), sort="state"),
    ],
    filters=[STATE, KIND, HOLDER],
    search=["asked_by__full_name"],
    default_order=["closed_at", "answered_at", "due_at"],
    per_page=25,
)


@login_required
@require_GET
def team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.team_or_404(request.user, slug)
    page = TEAM.page(queries.team_rows(kickoff, request.user, timezone.now()), request.GET)
    put_in_words(page.rows)
    context = {
        "kickoff": kickoff,
        "page": page,
        "wishes": list(queries.wishes_of_line(kickoff, request.user, timezone.now())),
        "reviews": queries.team_reviews(kickoff, request.user, timezone.now()),
    }
    return render(request, "events/packets/inquiries/team.html", context)
