"""What a release would change, and releasing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.sessions import actions
from agenda.sessions.forms import ReleaseForm, SeveritiesForm
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import draft_of, severities_of
from agenda.sessions.rules import SEVERITIES
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_changes(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return _review(request, kickoff)


@login_required
@require_POST
def release_agenda(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            release = actions.release_agenda(
                kickoff=kickoff,
                by=request.user,
                at=timezone.now(),
                seen_number=form.cleaned_data["number"],
                override_reason=form.cleaned_data["override_reason"],
            )
        except actions.ReleaseBlocked as refusal:
            form.add_error("override_reason", str(refusal))
        except actions.ReleaseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "Version %(number)s is out. %(count)s person is told.",
                "Version %(number)s is out. %(count)s people are told.",
                release.told,
            )
            values = {"number": release.number, "count": release.told}
            messages.success(request, words % values)
            return redirect("agenda:sessions:grid", slug=slug)
    return _review(request, kickoff, form)


@login_required
@require_http_methods(["GET", "POST"])
def set_severities(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    now = SEVERITIES | severities_of(kickoff)
    form = SeveritiesForm(request.POST or None, severities=now)
    if request.method == "POST" and form.is_valid():
        actions.set_severities(
            kickoff=kickoff, severities=form.said, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Conflicts do that from now on."))
        return redirect("agenda:sessions:grid", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    return render(request, "agenda/sessions/severities.html", context)


def _review(
    request: AuthenticatedRequest, kickoff: Kickoff, form: ReleaseForm | None = None
) -> HttpResponse:
    draft = draft_of(kickoff)
    changes = changes_of(draft, timezone.now())
    context = {
        "kickoff": kickoff,
        "draft": draft,
        "changes": changes,
        "blocking": [draft.say(one, mending=True) for one in draft.blocking],
        "form": form or ReleaseForm(initial={"number": changes.next_number}),
        "confirm": _("Release version %(number)s? It cannot be taken back, only followed.")
        % {"number": changes.next_number},
    }
    return render(request, "agenda/sessions/changes.html", context)
