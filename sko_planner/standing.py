from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people.waiting.actions import mark

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def count_anew_after_changes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """
    Middleware: whoever has changed something sees the counts of the frame as they are after it.

    What others do to somebody shows with the next tick.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        person = getattr(request, "user", None)
        if request.method not in _READING and person is not None and person.is_authenticated:
            mark(person_id=person.pk)
        return response

    return respond
