import time
from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from people.accounts.models import Person


class AuthenticatedRequest(HttpRequest):
    """A request behind `login_required`: the user is a Person."""

    user: Person
    htmx: HtmxDetails


def has_lately_confirmed(request: HttpRequest) -> bool:
    """
    Whether somebody has said lately that it is them: by their password, asked for once more, or,
    where they have none, by a code that they signed in with. Within five minutes.
    """
    person = request.user
    if not person.is_authenticated:
        return False
    if person.has_usable_password():
        return bool(did_recently_reauthenticate(request))
    # allauth takes whoever has no password for confirmed, for as long as the session lasts
    records = get_authentication_records(request, person)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def person_of(request: Request) -> Person:
    """Who asks the API: every view of it requires a signed-in person."""
    return cast(Person, request.user)


View = Callable[[HttpRequest], HttpResponse]


def at_even_pace(
    *, when: Callable[[HttpRequest], bool] = lambda _request: True
) -> Callable[[View], View]:
    """
    Answer a POST after SIGN_IN_PACE_SECONDS at the earliest, so that how long it took does not
    tell whether an address is anybody's: mail is queued for those who are known alone.
    """

    def pace(view: View) -> View:
        @wraps(view)
        def paced(request: HttpRequest) -> HttpResponse:
            begun = time.monotonic()
            answer = view(request)
            if request.method == "POST" and when(request):
                time.sleep(max(0.0, settings.SIGN_IN_PACE_SECONDS - (time.monotonic() - begun)))
            return answer

        return paced

    return pace
