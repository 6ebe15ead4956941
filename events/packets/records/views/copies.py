"""
The one page of packets without a sign-in: somebody who left types the code for their link.

It says the same of every link that does not open: gone, locked, used up, or never made.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events.packets.records import actions
from events.packets.records.forms import CodeForm
from events.packets.records.views.guarding import archive, seal_off
from people.limits.actions import is_allowed
from people.limits.rules import Limit, digest

TEMPLATE = "events/packets/records/copy.html"
# Ten wrong codes lock the link for good; this stops floods
MOST_TRIES = (Limit(20, timedelta(minutes=1)),)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
@sensitive_variables()
def copy(request: HttpRequest, token: str) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        tries = digest("packet copy", token)
        if not is_allowed(digest=tries, limits=MOST_TRIES, at=timezone.now()):
            return _sealed_off(render(request, "429.html", status=429))
        if form.is_valid():
            try:
                handout = actions.open_link(
                    token=token, typed=form.cleaned_data["code"], at=timezone.now()
                )
            except actions.NotYet as not_yet:
                context = {"form": form, "not_yet": str(not_yet)}
                return _sealed_off(render(request, TEMPLATE, context, status=202))
            else:
                if handout is not None:
                    return _sealed_off(archive(handout, "my-packets.zip"))
                form.add_error("code", _("This link and this code do not open anything."))
    status = 422 if form.errors else 200
    page = render(request, TEMPLATE, {"form": form}, status=status)
    return _sealed_off(page)


def _sealed_off(response: HttpResponse) -> HttpResponse:
    # The address is half of the key: no other page or file hears of it. Not "no-referrer", under
    # which a browser says of its own form that it comes from nowhere, and is refused
    response.headers["Referrer-Policy"] = "strict-origin"
    return seal_off(response)
