"""The mail of a day: when it goes out, and how it is kept to one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from people.notices.rules import Delivery, Kind
from people.org.rules import zones_by_date

HOUR = timedelta(hours=8, minutes=30)  # local, of whoever gets it
NAMED = 5  # how many things of a group the mail names

WAITS = Kind(
    "waiting.daily",
    _("What waits for you: what is late, due today and this week"),
    _("Open what waits"),
    ways=(Delivery.DAILY, Delivery.NEVER),
)


def daily_key(person_id: int, local_date: date) -> str:
    """The key of the one mail that tells a person of a day."""
    return f"daily:{person_id}:{local_date:%Y-%m-%d}"


def zones_after_the_hour(at: datetime) -> Mapping[date, frozenset[str]]:
    """The dates on earth whose mail may go out at a moment, with the zones in which it is past 08:30."""
    today = zones_by_date(at)
    return {
        day: zones & today[day] for day, zones in zones_by_date(at - HOUR).items() if day in today
    }
