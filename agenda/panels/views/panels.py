"""The panels of a kickoff, one of them whole, and what leaves as a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agenda.panels import access, actions, queries, rules
from agenda.panels.forms import BaseForm, IssueForm
from agenda.panels.models import Where
from agenda.panels.queries.scale import scale_of
from agenda.sessions.models import Session
from agenda.sessions.queries.words import when
from core.imports.exports import csv_response
from core.refusals import told_in
from core.typesetting.papers import paper
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def list_panels(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Every panel that somebody may open; planners say here what all customers think."""
    kickoff, sessions = access.panels_or_404(request.user, slug)
    may_plan = request.user.is_planner
    if request.method == "POST" and not may_plan:
        raise Http404
    base = queries.base_of(kickoff)
    form = BaseForm(request.POST if request.method == "POST" else None, instance=base)
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            actions.set_base(
                kickoff=kickoff, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("The NPS of all customers is saved."))
            return redirect("agenda:panels:list", slug=slug)
    found = queries.panels(list(sessions.select_related("kickoff", "room")))
    context = {
        "kickoff": kickoff,
        "panels": [(one, _when(one.session)) for one in found],
        "base": queries.base_of(kickoff) if form.errors else base,
        "form": form,
        "may_plan": may_plan,
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/list.html", context, status=status)


@login_required
@require_GET
def show_panel(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = access.panel_or_404(request.user, slug, session_id)
    context = _whole(session) | {
        "issue_form": IssueForm(),
        "most_issues": rules.MOST_ISSUES,
        "heard": queries.waiting_questions(session),
        "quotes": queries.quotes_anywhere(session),
    }
    return render(request, "agenda/panels/panel.html", context)


@login_required
@require_GET
def print_sheet(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """A panel on one page: who sits there, what is asked, and what may be quoted in a PDF."""
    session = access.panel_or_404(request.user, slug, session_id)
    context = _whole(session) | {
        "quotes": queries.quotes_of(session, Where.PDF),
        "at": timezone.now(),
    }
    styles, name = ["agenda/panels/sheet.css"], f"{slug}-panel.pdf"
    return paper(request, "agenda/panels/sheet.html", context, styles=styles, name=name)


@login_required
@require_GET
def export_quotes(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What may be quoted in the 90 days, as a file."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    headers = [_("Panel"), _("Name"), _("Company"), _("What they said")]
    rows = [
        [one.panelist.session.title, one.panelist.name, one.panelist.company, one.words]
        for one in queries.quotes_for_campaign(kickoff)
    ]
    response = csv_response(f"{kickoff.slug}-quotes.csv", headers, rows)
    response.headers["Cache-Control"] = "no-store"
    return response


def _whole(session: Session) -> dict[str, Any]:
    panel, base = queries.panel_of(session), queries.base_of(session.kickoff)
    return {
        "kickoff": session.kickoff,
        "session": panel.session,
        "panel": panel,
        "when": _when(session),
        "base": base,
        "nps": scale_of(panel, base),
        "promised": queries.promised(session),
    }


def _when(session: Session) -> str:
    if session.starts_at is None or session.ends_at is None:
        return ""
    return when(session.starts_at, session.ends_at, session.kickoff.zone)
