"""
A disk that is full is said in words: nothing was kept, and who can help. Whatever was running is
rolled back, and files are whole or not there.
"""

import errno
import logging
import sys
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views import defaults

logger = logging.getLogger(__name__)
INSUFFICIENT_STORAGE = 507
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_NO_SPACE_IN_POSTGRESQL = "53100"


def means_full_disk(error: BaseException | None) -> bool:
    """Whether an error says that a disk is full, be it ours or the database's."""
    if isinstance(error, OSError):
        return error.errno in _NO_SPACE
    if isinstance(error, DatabaseError):
        code = getattr(error.__cause__, "pgcode", None)
        return code == _NO_SPACE_IN_POSTGRESQL or "disk is full" in str(error)
    return False


def say_full_disk(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer 507 in words where a view met a full disk."""

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _answer(request) if means_full_disk(error) else None

    respond.process_exception = process_exception  # type: ignore[attr-defined]  # where Django looks for it
    return respond


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of what went wrong elsewhere: an upload is read before any view begins."""
    if means_full_disk(sys.exc_info()[1]):
        return _answer(request)
    return defaults.server_error(request)


def _answer(request: HttpRequest) -> HttpResponse:
    logger.error("The disk is full: %s", request.path, exc_info=True)
    match = request.resolver_match
    if match is not None and "api" in match.namespaces:
        detail = _("The server has no space left, so nothing was saved.")
        return JsonResponse({"detail": detail}, status=INSUFFICIENT_STORAGE)
    # Without a request: what is read for other pages may meet the same disk
    return HttpResponse(get_template("507.html").render(), status=INSUFFICIENT_STORAGE)
