"""Answers to what somebody sends without a name: nothing is to be written of who it was."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
_MARK = "_leaves_no_trace"


def leaves_no_trace(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """
    A view for which no middleware keeps that somebody has just sent something, with a name or without.
    """

    @wraps(view)
    def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        setattr(response, _MARK, True)
        return response

    return answer


def has_no_trace(response: HttpResponse) -> bool:
    """Whether an answer came from such a view."""
    return bool(getattr(response, _MARK, False))
