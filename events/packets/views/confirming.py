"""Whoever found a signed-in machine must not take packets back, nor sign for others."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _


def has_confirmed(request: HttpRequest, form: BaseForm) -> bool:
    """
    Whether somebody has confirmed lately that it is them; if not, the page is not theirs yet.

    A text that they send meanwhile stays on the page with a word of what to do: asking in
    between would put it into the session, and it may quote figures.

    :raises ReauthenticationRequired: they only opened the page; they are asked and come back to it
    """
    if did_recently_reauthenticate(request):
        return True
    if request.method != "POST":
        raise ReauthenticationRequired
    form.add_error(None, _("Confirm that it is you once more, in another tab; then send this."))
    return False
