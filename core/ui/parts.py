"""Parts of pages that say the same of the same values, and so are drawn once."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_MOST = 4096  # some 2 MB of rows


class NotPlain(TypeError):
    """A row of a table was given to a part: it compares by its number, whatever else changed."""


def part(template_name: str, values: dict[str, Any]) -> SafeString:
    """
    A template drawn with nothing but some values, kept in the memory of the process by template,
    values and language: the same values make the same words, so nothing ever has to be forgotten.

    The values are hashable and compare by what they hold: text, numbers, moments, frozen
    dataclasses and tuples of them. The template takes the hour from them, never from a clock.

    :raises NotPlain: a model is among the values
    :raises TypeError: a value is not hashable
    """
    drawn = _draw if settings.DEBUG else _drawn
    return drawn(template_name, get_language(), tuple(values.items()))


def parts(template_name: str, rows: Iterable[object], values: dict[str, Any]) -> SafeString:
    """
    One part for each of some rows, which it knows as `said`: hundreds of them cost a page little.

    :raises NotPlain: a model is among the values
    :raises TypeError: a value is not hashable
    """
    drawn = _draw if settings.DEBUG else _drawn
    language, others = get_language(), tuple(values.items())
    return mark_safe(
        "".join(drawn(template_name, language, (("said", row), *others)) for row in rows)
    )


def _draw(
    template_name: str, _language: str | None, values: tuple[tuple[str, Any], ...]
) -> SafeString:
    for _name, value in values:
        _refuse_models(value)
    return render_to_string(template_name, dict(values))


_drawn = lru_cache(maxsize=_MOST)(_draw)


def forget() -> None:
    """Forget every part: words of a language have changed while the process runs."""
    _drawn.cache_clear()


def _refuse_models(value: object) -> None:
    if isinstance(value, Model):
        raise NotPlain(f"{type(value).__name__} is a row of a table: give the part its values.")
    if isinstance(value, tuple):
        for one in value:
            _refuse_models(one)
    elif is_dataclass(value):
        for field in fields(value):
            _refuse_models(getattr(value, field.name))
