"""
Whose address a request comes from: without TRUSTED_PROXIES, behind a proxy, everybody's is the
proxy's, and limits by address count the whole company as one.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
_HINT = "Set TRUSTED_PROXIES to how many proxies of yours set X-Forwarded-For."


def check_proxies(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The system check: where TLS ends at a proxy, that proxy has to be trusted."""
    is_behind_one = bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None))
    if not is_behind_one or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    message = "TLS ends at a proxy that is not trusted: everybody seems to come from its address."
    return [Warning(message, hint=_HINT, id="accounts.W001")]


def tell_of_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: log, once a process, that a proxy forwards requests and is not trusted."""

    @cache
    def tell() -> None:
        logger.warning("A proxy sets X-Forwarded-For and is not trusted. %s", _HINT)

    def respond(request: HttpRequest) -> HttpResponse:
        forwarded = "X-Forwarded-For" in request.headers
        if forwarded and not settings.DEBUG and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            tell()
        return get_response(request)

    return respond
