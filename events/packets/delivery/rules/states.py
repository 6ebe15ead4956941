"""How states are shown: a kind with a shape, and a word."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_PACKET = "NONE"
# What the desk tells apart within DRAFT and APPROVED
WAITING = "WAITING"
EMBARGOED = "EMBARGOED"

# State, the kind of `{% state %}`, the word
_SHOWN: dict[str, tuple[str, Promise]] = {
    NO_PACKET: ("late", _("No packet")),
    "DRAFT": ("wait", _("Draft")),
    WAITING: ("wait", _("With approvers")),
    "APPROVED": ("part", _("Approved")),
    EMBARGOED: ("wait", _("Under embargo")),
    "RELEASED": ("wait", _("Not opened")),
    "VIEWED": ("part", _("Viewed")),
    "RECEIVED": ("done", _("Received")),
    "ACCEPTED": ("done", _("Accepted")),
    "DECLINED": ("late", _("Declined")),
    "SUPERSEDED": ("wait", _("Superseded")),
    "EXPIRED": ("wait", _("Expired")),
    "RECALLED": ("late", _("Taken back")),
}


def shown(state: str, *, is_sent: bool, is_embargoed: bool) -> str:
    """What pages tell apart: of drafts those with approvers, of approved ones those that wait."""
    if state == "DRAFT" and is_sent:
        return WAITING
    return EMBARGOED if state == "APPROVED" and is_embargoed else state


def kind(state: str, *, on_a_board: bool = False) -> str:
    """
    done, part, wait, soon or late. On a board of what is released, none is no more than not there
    yet: a row does not tell whether one is under way.
    """
    if on_a_board and state == NO_PACKET:
        return "wait"
    return _SHOWN[state][0]


def word(state: str, *, on_a_board: bool = False) -> str:
    """The state in a word; on a board of what is released, none is “Not released”."""
    if on_a_board and state == NO_PACKET:
        return str(_("Not released"))
    return str(_SHOWN[state][1])
