from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.minute import asking_anew
from core.traces import has_no_trace
from people.waiting.actions import mark

CHANGED = "changed"  # the cookie of whoever has changed something within the last minute
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def count_anew_after_changes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """
    Middleware: whoever has changed something sees the counts of the frame as they are after it, and
    for a minute what others see a minute old.

    What others do to somebody shows with the next tick. A forged cookie only makes a page slower.
    Who sends something without a name is not marked, and nor is who sends the same with theirs.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method in _READING and CHANGED not in request.COOKIES:
            return get_response(request)
        with asking_anew():
            if request.method in _READING:
                return get_response(request)
            person = getattr(request, "user", None)
            # Whoever signs in has changed nothing that others see
            was_here = person is not None and person.is_authenticated
            response = get_response(request)
        if was_here and not has_no_trace(response):
            _keep_in_mind(request, response)
        return response

    return respond


def _keep_in_mind(request: HttpRequest, response: HttpResponse) -> None:
    person = request.user
    if person.is_authenticated:
        mark(person_id=person.pk)
    response.set_cookie(
        CHANGED,
        "1",
        max_age=settings.KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
