"""Questions that several parts of a page ask, and the database is asked once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """
    For the view of a page that only reads: inside, each question `once` is asked a single time.

    The answers are forgotten at the end, so nothing is kept from one request to the next.
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(ask: Callable[P, Answer]) -> Callable[P, Answer]:
    """
    Let a question be asked once inside `asking_once`, and each time anywhere else.

    All share the answer, so nobody may change it. What is asked about must be hashable.
    """

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Answer:
        known = _answers.get()
        if known is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in known:
            known[question] = ask(*args, **kwargs)
        found: Answer = known[question]
        return found

    return answer
