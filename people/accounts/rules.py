from datetime import datetime, timedelta

from people.limits.rules import Limit

INVITATION_DAYS = 14

# Wrong passwords after which a right one takes a code from the mail as well (ADR 16): of an
# account, and from one address, which may be a hotel with hundreds of people behind it
WRONG_PASSWORDS = (Limit(5, timedelta(minutes=5)), Limit(20, timedelta(days=1)))
WRONG_PASSWORDS_FROM_ADDRESS = (Limit(300, timedelta(minutes=10)),)
CODE_REQUESTS = (
    Limit(3, timedelta(minutes=1)),
    Limit(20, timedelta(hours=1)),
    Limit(60, timedelta(days=1)),
)
CODE_REQUESTS_FROM_ADDRESS = (Limit(120, timedelta(minutes=1)),)
CODE_TRIES = (Limit(3, timedelta(minutes=10)),)  # of one code, which lives as long
RESET_REQUESTS = (Limit(3, timedelta(minutes=1)), Limit(10, timedelta(hours=1)))
RESET_REQUESTS_FROM_ADDRESS = (Limit(60, timedelta(minutes=1)),)
CONFIRMATIONS = (Limit(10, timedelta(minutes=1)),)  # of one's own password, by somebody signed in

# First match wins: most browsers also claim to be Safari, Edge and Opera also claim Chrome
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def invitation_is_open(
    *,
    invited_at: datetime,
    accepted_at: datetime | None,
    last_sign_in_at: datetime | None,
    at: datetime,
) -> bool:
    """
    Whether an invitation still lets somebody in: once, for 14 days, the end exclusive.

    Whoever has signed in since, by a code for example, needs it no more: it is closed then.
    """
    has_come = last_sign_in_at is not None and last_sign_in_at >= invited_at
    return accepted_at is None and not has_come and at < invitation_expires_at(invited_at)


def invitation_expires_at(invited_at: datetime) -> datetime:
    """The first moment at which an invitation lets nobody in."""
    return invited_at + timedelta(days=INVITATION_DAYS)


def browser_and_system(user_agent: str) -> tuple[str, str]:
    """What somebody signs in with, as they would call it: (“Safari”, “iPhone”); else empty."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return browser, system
