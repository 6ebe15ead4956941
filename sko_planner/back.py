from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def lead_back(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """
    Middleware: a form that says whence it was sent leads back there, once it is done.

    What is done by one tap in a list of what waits belongs to many capabilities, and none of them
    has to know of that list. `from_list` is an address of ours; what is no redirect, such as a
    page that says what is wrong, stays as it is.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or not 300 <= response.status_code < 400:
            return response
        back = request.POST.get("from_list", "")
        if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return redirect(back)
        return response

    return respond
