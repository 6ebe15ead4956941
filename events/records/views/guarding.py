"""What the pages of records share: who is there is asked again, and nothing of theirs is stored."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from events.records import actions
from events.records.models import Handout
from people.accounts.requests import AuthenticatedRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedRequest, P], HttpResponse]


def confirm_who(request: HttpRequest) -> None:
    """
    Let pass only who has confirmed lately that it is them: a machine may have been left signed in.

    :raises ReauthenticationRequired: they are asked, and come back to the same page
    """
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired


def has_confirmed(request: HttpRequest, form: BaseForm) -> bool:
    """
    Whether somebody who sends a text has confirmed lately that it is them; if not, the form says
    what to do. Asking as `confirm_who` does would put the text into the session until they come
    back, and it may quote figures.
    """
    if did_recently_reauthenticate(request):
        return True
    form.add_error(None, _("Confirm that it is you once more, in another tab; then send this."))
    return False


def kept_nowhere(view: View[P]) -> View[P]:
    """For pages and files that no cache may store, and no search engine list."""

    @wraps(view)
    def kept(request: AuthenticatedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return seal_off(view(request, *args, **kwargs))

    return kept


def seal_off(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one that is stored and listed nowhere."""
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def archive(handout: Handout, name: str) -> HttpResponse:
    """The files of a handout as a download, sent as they are unsealed."""
    pieces = actions.archive_of(handout)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return seal_off(response)  # type: ignore[arg-type]
