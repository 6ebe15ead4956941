"""Speakers who have no account, by name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.keys import bare

LONGEST_NAME = 160  # characters


def read_names(said: Iterable[str]) -> list[str]:
    """
    The names that somebody wrote, each once and bare, in their order.

    :raises ValueError: one is longer than `LONGEST_NAME`, in words
    """
    names = list(dict.fromkeys(name for one in said if (name := bare(one))))
    if too_long := next((name for name in names if len(name) > LONGEST_NAME), None):
        message = _("“%(name)s…” is longer than %(most)d characters.")
        raise ValueError(message % {"name": too_long[:30], "most": LONGEST_NAME})
    return names
