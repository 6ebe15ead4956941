"""Who was reminded of a packet: by itself some days after the release, and by hand two days ago."""

import random
from datetime import UTC, datetime, time, timedelta

from events.packets.coverage.actions import remind_reps, send_due_reminders
from events.packets.coverage.queries.reminders import waiting
from events.packets.coverage.rules.reminders import Plan
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_BY_HAND_AGO = timedelta(days=2)
# Four rounds of a day find everybody in their own hours, in whichever zone
_ROUNDS = tuple(timedelta(hours=hours) for hours in (3, 9, 15, 21))


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Let the reminders of the past run as they would have, and the mails have left."""
    released = {
        version.released_at.date()
        for kickoff in (kickoffs.today, kickoffs.ahead)
        for version in waiting(kickoff, now)
        if version.released_at is not None
    }
    for day in sorted(released):
        midnight = datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=Plan().unopened_days)
        for at in (midnight + hours for hours in _ROUNDS):
            if at < now - _BY_HAND_AGO:
                send_due_reminders(at)
    remind_reps(
        kickoff=kickoffs.today,
        only_unopened=False,
        region_id=None,
        by=company["mateusz"],
        at=now - _BY_HAND_AGO,
    )
