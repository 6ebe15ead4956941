from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff


class PreworkRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


class ChangedElsewhere(PreworkRefused):
    """Another window has saved since: nothing was overwritten. `version` is the one that holds."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


def refuse_archived(kickoff: Kickoff) -> None:
    """
    Let nothing change any more.

    :raises PreworkRefused: the kickoff is archived
    """
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise PreworkRefused(_("This kickoff is archived, so its pre-work no longer changes."))
