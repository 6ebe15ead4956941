"""What is answered where no view has words: a page that says what to do, and JSON below /api/."""

import json
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.views import defaults

CONTENT_TOO_LARGE = 413
_PAGES = frozenset({400, 403, 404, 405, CONTENT_TOO_LARGE, 429})
_API = "/api/"


def say_in_words(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: fill refusals that are blank, and turn pages into JSON for those who ask the API."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code < 400 or response.streaming:
            return response
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and request.path.startswith(_API):
            response.content = json.dumps({"detail": response.reason_phrase})
            response.headers["Content-Type"] = "application/json"
        elif not response.content and response.status_code in _PAGES:
            response.content = render_to_string(f"{response.status_code}.html", request=request)
        return response

    return respond


def refuse_too_large(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is larger than any file that is taken is not read at all."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length) > settings.LARGEST_REQUEST_BYTES:
            raise RequestDataTooBig(f"{length} bytes")
        return get_response(request)

    return respond


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that is not understood, or is larger than the server takes."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(get_template("413.html").render(), status=CONTENT_TOO_LARGE)
    return defaults.bad_request(request, exception)


def at_secret_address(response: HttpResponse) -> HttpResponse:
    """
    An answer at an address that is a key, as the link of a mail: nobody else hears of the address,
    and no cache or search engine keeps what stands there.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
