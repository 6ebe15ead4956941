from datetime import datetime, timedelta

INVITATION_DAYS = 14

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
