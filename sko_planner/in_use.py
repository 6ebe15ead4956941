from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "kickoff"


def keep_kickoff_in_use(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """
    Middleware: pages of the company (accounts, deals, search) stay with the kickoff last shown.

    A cookie until the browser closes, of this device; what it names is shown only to those who
    may see it, so a forged one changes nothing.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        slug = str(match.kwargs.get("slug", "")) if match else ""
        shown = slug and request.method == "GET" and response.status_code == 200
        if shown and request.COOKIES.get(COOKIE) != slug:
            response.set_cookie(
                COOKIE,
                slug,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return respond
