"""What the verbs of a roster refuse."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff


class RosterRefused(Exception):
    """The roster stays as it is. The message is fit to show."""


def refuse_unless_open(kickoff: Kickoff, at: datetime) -> None:
    """:raises RosterRefused: the kickoff is a draft, which nobody could open; or it is over"""
    if not kickoff.is_shown_to_people:
        raise RosterRefused(_("Open the kickoff first: those invited could not see it yet."))
    refuse_when_over(kickoff, at)


def refuse_when_over(kickoff: Kickoff, at: datetime) -> None:
    """:raises RosterRefused: the kickoff is over"""
    if at >= kickoff.closes_at:
        raise RosterRefused(_("This kickoff is over."))
