from django.http import Http404

from core.hooks import Hook
from core.imports.flow import ImportFlow
from people.accounts.models import Person

open_import = Hook[[Person, str], ImportFlow](
    "people.imports.hooks.open_import",
    """
    Open one kind of import. A worker finds by its name what a page has begun, so each function is
    registered under the name that the `purpose` of its runs begins with; only that one is called.

    Takes who imports and the rest of the purpose; gives the flow. Raises Http404 where they may not:
    the same question as on the page, asked again when the work is done.
    """,
)


def flow_of(purpose: str, by: Person) -> ImportFlow:
    """
    The import behind a purpose such as `roster:sko-2027`.

    :raises Http404: there is none, or this person may not do it any more
    """
    name, _colon, subject = purpose.partition(":")
    for kind in open_import.registered:
        if kind.name == name and by.is_active:
            return kind.function(by, subject)
    raise Http404
