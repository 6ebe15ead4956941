"""Mails to everybody at once: a wave of invitations, the mail of a day."""

from collections import Counter
from datetime import datetime, timedelta

from events.attendance.models import Attendee
from events.invitations.actions import send_due
from events.invitations.models import Wave
from events.kickoff.models import Kickoff
from people.bell.actions import send_daily
from people.bell.queries import to_be_mailed
from sko_planner.bench.measure import Figures, measure_once


def invitations(kickoff: Kickoff, at: datetime, people: int) -> Figures:
    """
    Send a wave to a roster as if nobody of it had been asked, a month before the event.

    :raises RuntimeError: it asked fewer than nine of ten
    """
    today = kickoff.local_date(at)
    roster = Attendee.objects.filter(kickoff=kickoff)
    roster.update(invited_at=None, answered_at=None, rsvp=Attendee.Rsvp.PENDING)
    days = {"starts_date": today + timedelta(days=30), "ends_date": today + timedelta(days=32)}
    Kickoff.objects.filter(pk=kickoff.pk).update(**days)
    Wave.objects.create(
        kickoff=kickoff, name="Everybody", deadline_date=today, goes_at=at, created_at=at
    )
    counts: dict[str, int] = {}
    figures = measure_once(lambda: counts.update(send_due(at)), things=people)
    if counts["invited"] < people * 9 // 10:
        raise RuntimeError(f"{counts['invited']} people were invited.")
    return figures


def of_a_day(now: datetime) -> Figures:
    """
    The mail of the day when half past eight has been everywhere on a Wednesday, to whoever was
    mailed before it.

    :raises RuntimeError: fewer than half of them get one
    """
    day = now + timedelta(days=1 + (1 - now.weekday()) % 7)
    at = day.replace(hour=17, minute=0)
    counts: Counter[str] = Counter()

    def send() -> None:
        while (sent := send_daily(at))["looked_at"]:  # ends by itself after 40 s
            counts.update(sent)

    people = to_be_mailed(at).count()
    figures = measure_once(send, things=people)
    if counts["mails"] < people // 2:
        raise RuntimeError(f"Of {people} people {counts['mails']} got their mail of the day.")
    return figures
