"""Answers that are the same for everybody, kept for a minute in the memory of the process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import get_language

P = ParamSpec("P")
Answer = TypeVar("Answer")

_MOST = 500  # answers; then those that are over go

_kept: dict[Any, tuple[float, Any]] = {}
_anew: ContextVar[bool] = ContextVar("anew", default=False)


@contextmanager
def asking_anew() -> Iterator[None]:
    """
    For whoever has just changed something: inside, each question is asked again, and its answer
    kept for the others.
    """
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)


def for_a_minute(ask: Callable[P, Answer]) -> Callable[P, Answer]:
    """
    Let a question be asked once in `settings.KEPT_SECONDS`, by each process and in each language;
    with 0 seconds it is asked each time.

    For what is the same for everybody who sees the page: never for what is somebody's own, and
    never for whether they may see it. All share the answer, so nobody may change it. What is asked
    about must be hashable; a moment among it is when it is asked, and does not tell questions apart.
    """

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Answer:
        seconds: float = settings.KEPT_SECONDS
        if not seconds:
            return ask(*args, **kwargs)
        named = sorted(kwargs.items())
        about = [one for one in (*args, *named) if not isinstance(one, datetime)]
        question = (ask, get_language(), *about)
        until, known = _kept.get(question, (0.0, None))
        if until > monotonic() and not _anew.get():
            found: Answer = known
            return found
        fresh = ask(*args, **kwargs)
        if len(_kept) >= _MOST:
            _forget_old()
        _kept[question] = (monotonic() + seconds, fresh)
        return fresh

    return answer


def forget() -> None:
    """Forget every answer that this process keeps."""
    _kept.clear()


def _forget_old() -> None:
    now = monotonic()
    for question, (until, _known) in list(_kept.items()):
        if until <= now:
            _kept.pop(question, None)
    if len(_kept) >= _MOST:
        _kept.clear()
