from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agenda.feeds import actions, queries
from agenda.feeds.rendering import calendar_of
from agenda.sessions.queries.changes import last_release
from agenda.sessions.queries.released import whole_agenda
from core.answers import at_secret_address
from events.kickoff.access import kickoff_or_404
from people.accounts.requests import AuthenticatedRequest
from people.org.queries import is_here


@login_required
@require_http_methods(["GET", "POST"])
def show_address(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    at = timezone.now()
    if request.method == "POST":
        if "down" in request.POST:
            actions.take_address_down(by=request.user, at=at)
            messages.success(
                request, _("Your address is gone. Calendars that knew it show nothing new.")
            )
        else:
            actions.make_address(by=request.user, at=at)
            messages.success(
                request, _("Here is your address. Give it to your calendar, and to nobody.")
            )
        return redirect("agenda:feeds:address", slug=slug)
    feed = queries.feed_for(request.user)
    address = queries.address_of(feed) if feed else ""
    context = {"kickoff": kickoff, "feed": feed, "address": address}
    return at_secret_address(render(request, "agenda/feeds/address.html", context))


@require_GET
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions of whoever's address it is. No session, no cookie: calendars have none."""
    at = timezone.now()
    try:
        feed = queries.feed_of(token)
    except BadSignature as error:
        raise Http404 from error
    if feed is None or not is_here(feed.person, at):
        raise Http404
    name = _("Kickoff: %(name)s") % {"name": feed.person.display_name}
    return at_secret_address(_file(calendar_of(queries.entries_for(feed.person, at), name), "sko"))


@login_required
@require_GET
def download_entry(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    release = last_release(kickoff)
    one = next((one for one in whole_agenda(kickoff) if one.id == session_id), None)
    if release is None or one is None:
        raise Http404
    return _file(calendar_of([queries.entry_of(one, kickoff, release)]), f"{slug}-{session_id}")


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
