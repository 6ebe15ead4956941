from django.utils.translation import gettext as _


class PacketRefused(Exception):
    """The packet was not changed. The message is fit to show."""


def no_round() -> PacketRefused:
    """The refusal of whoever still looks at a round that is over."""
    return PacketRefused(_("No round waits any more. Look at the page again."))
