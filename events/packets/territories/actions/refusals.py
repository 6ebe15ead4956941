from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff


class TerritoryRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


class StaleMove(TerritoryRefused):
    """Somebody else has changed what this move began from."""


def refuse_archived(kickoff: Kickoff) -> None:
    """
    Let nothing change any more.

    :raises TerritoryRefused: the kickoff is archived
    """
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise TerritoryRefused(_("This kickoff is archived, so its territories no longer change."))
