import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
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
AnyView = TypeVar("AnyView", bound=Callable[..., Any])
# Not ours, and for everybody: to sign in by a code, and out
_SIGN_IN = frozenset(
    {
        "account_login",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_logout",
        "account_inactive",
    }
)


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


def open_to_guests(view: AnyView) -> AnyView:
    """Let people from outside see a page, as far as its own access lets them; all others are closed."""
    view.is_open_to_guests = True  # type: ignore[attr-defined]  # decorators around it carry it on
    return view


def is_open_to_guests(path: str) -> bool:
    """Whether the page at a path of ours is one that guests see; the address may have a query."""
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return False
    return getattr(view, "is_open_to_guests", False)


def keep_guests_to_theirs(get_response: View) -> View:
    """
    Middleware: whoever is signed in from outside gets the pages alone that say so, and to sign in
    and out; every other address is not there for them.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def look(request: HttpRequest, view: AnyView, *_args: object) -> None:
        match = request.resolver_match
        is_sign_in = match is not None and match.view_name in _SIGN_IN
        if is_sign_in or getattr(view, "is_open_to_guests", False):
            return
        if getattr(request.user, "is_guest", False):
            raise Http404

    respond.process_view = look  # type: ignore[attr-defined]  # where Django looks for it
    return respond
