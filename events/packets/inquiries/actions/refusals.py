from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.inquiries.rules import texts


class InquiryRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


def refuse_archived(kickoff: Kickoff) -> None:
    """
    Let nothing change any more.

    :raises InquiryRefused: the kickoff is archived
    """
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise InquiryRefused(_("This kickoff is archived, so nothing here changes any more."))


def clean(text: str, limit: int = texts.LONGEST_TEXT) -> str:
    """
    What somebody wrote, as it is kept.

    :raises InquiryRefused: it is empty, or too long
    """
    text = texts.tidy(text)
    if not text:
        raise InquiryRefused(_("Write something first."))
    if len(text) > limit:
        raise InquiryRefused(
            _("Your text has %(count)d characters; %(limit)d are the most.")
            % {"count": len(text), "limit": limit}
        )
    return text
