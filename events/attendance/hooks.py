from datetime import datetime

from core.hooks import Hook
from events.kickoff.models import Kickoff

follow_roster = Hook[[Kickoff, datetime], None](
    "events.attendance.hooks.follow_roster",
    """
    Do what follows from a changed roster: people joined, left, answered, or changed kind. Whoever
    joins later gets what the others got.

    Takes the kickoff and the moment; gives nothing. Called once after all changes, however many
    people they touch, inside the transaction that makes them.
    """,
)
