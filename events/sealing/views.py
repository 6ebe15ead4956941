"""What all pages with figures share: they are kept nowhere, and what no key opens is explained."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from events.sealing.rules import Shredded, Unreadable
from people.accounts.requests import AuthenticatedRequest

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
