"""What the pages of records share: nothing of theirs is stored anywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control

from events.packets.records import actions
from events.packets.records.models import Handout
from people.accounts.requests import AuthenticatedRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedRequest, P], HttpResponse]


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
    return seal_off(response)  # type: ignore[arg-type]  # it changes headers alone, which both answers have
