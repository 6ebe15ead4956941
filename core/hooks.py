"""
Hooks: where a capability lets in those that stand above it, without knowing them.

Whoever offers a hook makes it in its `hooks.py` and calls it; whoever takes part registers a
function in `AppConfig.ready()`. `docs/hooks.md` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Registered(Generic[P, R]):
    """A function that takes part, the name it goes by if it has one, and its place."""

    function: Callable[P, R]
    name: str = ""
    order: int = 0


class Hook(Generic[P, R]):
    """
    Functions of one kind, which others register: `Hook[[Kickoff, datetime], None](…)`.

    `name` is the hook's address. `says` becomes its docstring: when it is called, what a function
    takes and gives, and what it may rely on.
    """

    def __init__(self, name: str, says: str) -> None:
        self.name = name
        self.__doc__ = says
        self._registered: dict[object, Registered[P, R]] = {}

    def __repr__(self) -> str:
        return f"<Hook {self.name}>"

    def register(
        self, function: Callable[P, R], *, name: str = "", order: int = 0
    ) -> Callable[P, R]:
        """
        Let a function take part.

        Functions stand by `order`, and in the order in which they were registered. Registering one
        twice is once; another of the same `name` takes the place of the first.
        """
        self._registered[name or function] = Registered(function, name, order)
        return function

    @property
    def registered(self) -> list[Registered[P, R]]:
        """Who takes part, in order."""
        return sorted(self._registered.values(), key=lambda one: one.order)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """What each function gives, in order. An error of one is the caller's."""
        return [one.function(*args, **kwargs) for one in self.registered]

    @contextmanager
    def only(self, *functions: Callable[P, R]) -> Iterator[None]:
        """Let these alone take part within the block, and whoever is registered in it: for tests."""
        before = self._registered
        self._registered = {}
        for function in functions:
            self.register(function)
        try:
            yield
        finally:
            self._registered = before
