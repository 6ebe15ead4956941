"""Queries whose SQL is put together once: for a large one that takes Django longer than its answer."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Key = int | str

_STAND_IN = 904_617_235_861  # a key that nothing has, in the place of the one asked about


def prepared(build: Callable[..., QuerySet[Row]]) -> Callable[..., list[Row]]:
    """
    Let a query be put together once a process, and asked with other keys from then on.

    `build` takes the keys, and by name what else the SQL depends on: hashable, and few of it. It
    gives rows of a model, with annotations and without related rows. What it reads of the world,
    a clock above all, would stay as it was.
    """

    @cache
    def made(*stand_ins: Key, **kinds: object) -> tuple[type[Row], str, tuple[object, ...]]:
        rows = build(*stand_ins, **kinds)
        sql, params = rows.query.sql_with_params()
        return rows.model, sql, tuple(params)

    @wraps(build)
    def ask(*keys: Key, **kinds: object) -> list[Row]:
        asked = {_stand_in(place, key): key for place, key in enumerate(keys)}
        model, sql, params = made(*asked, **kinds)
        return list(model._default_manager.raw(sql, [_exchanged(one, asked) for one in params]))

    return ask


def _stand_in(place: int, key: Key) -> Key:
    number = _STAND_IN + place
    return number if isinstance(key, int) else str(number)


def _exchanged(param: object, asked: Mapping[Key, Key]) -> object:
    return asked.get(param, param) if isinstance(param, Key) else param
