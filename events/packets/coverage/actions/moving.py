"""Reminders of packets count from the last day of the event."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.ui.figures import day
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.packets.coverage.queries.reminders import plan_of, waiting
from people.accounts.models import Person


def count_again(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Say from when reminders count now, where any are to come. Nothing is stored that would move."""
    if before.ends_date == kickoff.ends_date or not plan_of(kickoff).is_on:
        return None
    if not waiting(kickoff, at).exists():
        return None
    said = _(
        "Reminders to sign count from %(day)s, the new last day. What was sent already is not sent"
        " again."
    )
    return Follows(_("Packet reminders"), [said % {"day": day(kickoff.ends_date, "long")}])
