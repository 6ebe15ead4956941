"""
What all pages with figures share: they are kept nowhere, what no key opens is explained, and who
is there is asked again where it matters.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.exceptions import ReauthenticationRequired
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from events.sealing.rules import Shredded, Unreadable
from people.accounts.requests import AuthenticatedRequest, has_lately_confirmed

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedRequest, P], HttpResponse]


def keeps_figures(view: View[P]) -> View[P]:
    """For a page with figures: no cache stores it; one that no key opens is explained."""

    @wraps(view)
    def kept(request: AuthenticatedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Shredded as gone:
            response = render(request, "events/sealing/shredded.html", {"at": gone.at}, status=410)
        except Unreadable:
            response = render(request, "events/sealing/unreadable.html", status=500)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return kept


def confirm_who(request: HttpRequest) -> None:
    """
    Let pass only who has confirmed lately that it is them: a machine may have been left signed in.

    :raises ReauthenticationRequired: they are asked, and come back to the same page
    """
    if not has_lately_confirmed(request):
        raise ReauthenticationRequired


def has_confirmed(request: HttpRequest, form: BaseForm) -> bool:
    """
    Whether somebody has confirmed lately that it is them; if not, the page is not theirs yet.

    A text that they send meanwhile stays on the page with a word of what to do: asking in
    between would put it into the session, and it may quote figures.

    :raises ReauthenticationRequired: they only opened the page; they are asked and come back to it
    """
    if has_lately_confirmed(request):
        return True
    if request.method != "POST":
        raise ReauthenticationRequired
    form.add_error(None, _("Confirm that it is you once more, in another tab; then send this."))
    return False
