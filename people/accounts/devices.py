"""
Which accounts a browser has signed in to before, kept in a signed cookie of its own.

It opens nothing: it only keeps what others try apart from what is tried on a device that the
owner of an account has used.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from core.keys import bare
from people.limits.rules import digest

COOKIE = "device"
KEPT = timedelta(days=180)
_SALT = "people.accounts.devices"
_MOST_ACCOUNTS = 5  # of one browser, the last ones


@dataclass(frozen=True, slots=True)
class Device:
    """A browser; `accounts` are digests of addresses."""

    id: str = ""
    accounts: tuple[str, ...] = ()

    def knows(self, email: str) -> bool:
        """Whether somebody has signed in to this account here before."""
        return _short(email) in self.accounts


def device_of(request: HttpRequest) -> Device:
    """The browser that asks; one that knows nobody if its cookie is missing, forged or too old."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return Device()
    return Device(said["id"], tuple(said["accounts"]))


def remember_device(request: HttpRequest, response: HttpResponse, *, email: str) -> None:
    """Let a browser know an account from now on: somebody has just signed in to it."""
    device = device_of(request)
    others = [account for account in device.accounts if account != _short(email)]
    device = replace(
        device,
        id=device.id or token_urlsafe(12),
        accounts=(_short(email), *others[: _MOST_ACCOUNTS - 1]),
    )
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device.id, "accounts": device.accounts}, salt=_SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _short(email: str) -> str:
    return digest("account", bare(email).lower())[:16]
