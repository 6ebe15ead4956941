"""A panelist's own page, by their link: opening it changes nothing, and only a button does."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agenda.panels import access, actions, queries
from agenda.panels.forms import ConsentForm
from agenda.sessions.queries.words import when
from core.refusals import told_on
from people.accounts.requests import open_to_guests
from people.limits.actions import is_allowed
from people.limits.rules import Limit, digest

MOST_CHANGES = (Limit(20, timedelta(minutes=10)),)


@open_to_guests
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """When and where, who else sits there, what they agreed to answer, and what they allow."""
    at = timezone.now()
    panelist = access.link_or_404(token)
    if panelist is None:
        return _alone(render(request, "agenda/panels/link_gone.html", status=410))
    if request.method == "POST":
        if not is_allowed(digest=digest("panelist", token), limits=MOST_CHANGES, at=at):
            return _alone(render(request, "429.html", status=429))
        form = ConsentForm(request.POST)
        if form.is_valid():
            with told_on(request, actions.PanelRefused):
                places = form.cleaned_data["places"]
                actions.say_consent(panelist=panelist, places=places, by=None, at=at)
                messages.success(request, _("Noted. It holds from this moment on."))
        return _alone(redirect("agenda:panelist_by_link", token=token))
    session, kickoff = panelist.session, panelist.session.kickoff
    context = {
        "panelist": panelist,
        "session": session,
        "kickoff": kickoff,
        "when": when(session.starts_at, session.ends_at, kickoff.zone)
        if session.starts_at and session.ends_at
        else "",
        "others": session.panelists.exclude(pk=panelist.pk),
        "questions": queries.agreed_questions(panelist),
        "quotes": panelist.quotes.all() if panelist.places else [],
        "form": ConsentForm(initial={"places": panelist.places}),
        "consents": queries.consents_of(panelist),
    }
    return _alone(render(request, "agenda/panels/link.html", context))


def _alone(response: HttpResponse) -> HttpResponse:
    # The address is the key: nobody else hears of it, and no cache or search engine keeps it
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
