"""What the audience of a panel sees: who sits there, what they said, and a question to ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agenda.panels import access, actions, queries
from agenda.panels.forms import AskForm
from agenda.panels.models import Where
from agenda.sessions.queries.words import when
from core.refusals import told_in
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """Ask the customers of a panel, until it is over; what they said in the room stands below."""
    released, session = access.room_or_404(request.user, slug, session_id)
    at = timezone.now()
    is_open = queries.is_open_for_questions(session, at)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            actions.hear_question(
                session=session,
                words=form.cleaned_data["words"],
                by=None if form.cleaned_data["nameless"] else request.user,
                at=at,
            )
            messages.success(request, _("Sent. Whoever facilitates reads it."))
            return redirect("agenda:panels:room", slug=slug, session_id=session_id)
    context = {
        "kickoff": session.kickoff,
        "session": released,
        "when": when(released.starts_at, released.ends_at, session.kickoff.zone),
        "panelists": session.panelists.all(),
        "issues": session.panel_issues.all(),
        "quotes": queries.quotes_of(session, Where.ROOM),
        "mine": session.audience_questions.filter(asker=request.user),
        "form": form,
        "is_open": is_open,
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/room.html", context, status=status)
