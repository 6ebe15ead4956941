"""Where a form stood that changes rows of a list: the page leads back there, as it was narrowed."""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """The address that a form carries as `next`, if it is one of ours; else nothing."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_ours else ""


def asked_of(request: HttpRequest) -> QueryDict:
    """How the list is narrowed: by its own address, or by that of the list where a form stood."""
    if request.method == "GET":
        return request.GET
    return QueryDict(urlsplit(came_from(request)).query)
