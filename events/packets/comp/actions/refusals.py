from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff


class CompRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


class ChangedMeanwhile(CompRefused):
    """Somebody else changed the same thing since it was read. The message says who and when."""


def refuse_archived(kickoff: Kickoff) -> None:
    """
    Let nothing change any more.

    :raises CompRefused: the kickoff is archived
    """
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise CompRefused(_("This kickoff is archived, so its comp plans no longer change."))
