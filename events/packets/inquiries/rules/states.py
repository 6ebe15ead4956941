"""How the state of a question or a wish is shown: a kind with a shape, and a word."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_INQUIRIES: dict[str, tuple[str, Promise]] = {
    "OPEN": ("soon", gettext_lazy("Open")),
    "REOPENED": ("soon", gettext_lazy("Asked again")),
    "ANSWERED": ("part", gettext_lazy("Answered")),
    "CLOSED": ("done", gettext_lazy("Closed")),
}
_WISHES: dict[str, tuple[str, Promise]] = {
    "OPEN": ("soon", gettext_lazy("Waits for RevOps")),
    "GRANTED": ("done", gettext_lazy("Granted")),
    "DECLINED": ("wait", gettext_lazy("Declined")),
    "WITHDRAWN": ("wait", gettext_lazy("Taken back")),
}


def of_inquiry(state: str, *, is_late: bool = False) -> tuple[str, str]:
    """Kind and word for a question; one that is past its time says so."""
    if is_late:
        return "late", _("Overdue")
    kind, word = _INQUIRIES[state]
    return kind, str(word)


def of_wish(state: str) -> tuple[str, str]:
    """Kind and word for a wish."""
    kind, word = _WISHES[state]
    return kind, str(word)
