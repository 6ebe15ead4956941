"""
Which imports there are: a worker finds by name what a page has begun.

A capability registers its own in `AppConfig.ready()`, so this one knows none of them.
"""

from collections.abc import Callable

from django.http import Http404

from core.imports.flow import ImportFlow
from people.accounts.models import Person

OpenFlow = Callable[[Person, str], ImportFlow]
_flows: dict[str, OpenFlow] = {}


def register(name: str, open_flow: OpenFlow) -> None:
    """
    Add an import under the name that its `purpose` begins with.

    `open_flow` is given who imports and the rest of the purpose, and raises Http404 where they may
    not: the same question as on the page, asked again when the work is done.
    """
    _flows[name] = open_flow


def open_flow(purpose: str, by: Person) -> ImportFlow:
    """
    The import behind a purpose such as `roster:sko-2027`.

    :raises Http404: there is none, or this person may not do it any more
    """
    name, _colon, subject = purpose.partition(":")
    if name not in _flows or not by.is_active:
        raise Http404
    return _flows[name](by, subject)
