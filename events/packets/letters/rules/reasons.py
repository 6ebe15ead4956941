"""Why a letter could not be made, in words that hold no figure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from events.packets.letters.rules.letter import CertificateRefused, UnknownTerms
from events.sealing.rules import Unreadable


def reason_for(error: Exception) -> str:
    """
    What RevOps reads of a failure.

    The message of an error may quote a figure, so only messages of ours are shown.
    """
    if isinstance(error, Unreadable):
        return _("No key opens this packet, or it is not what was sealed.")
    if isinstance(error, CertificateRefused):
        return str(error)
    if isinstance(error, UnknownTerms):
        return _("The edition of its terms is not known here.")
    return _("It could not be laid out (%(kind)s). The log of the worker names the place.") % {
        "kind": type(error).__name__
    }


def place_of(error: Exception) -> str:
    """The file and line that an error came from, for the log: no values."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
