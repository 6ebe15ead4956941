"""Who is meant by a name, an e-mail address or an employee id, as files and forms write them."""

from __future__ import annotations

from collections.abc import Container
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.keys import name_key

SHOWN = 80  # characters of a cell in a refusal
NOBODY = gettext_lazy("“%(name)s” is nobody in the company. Import the roster first.")
Found = TypeVar("Found")


class Finder(Generic[Found]):
    """
    Some people, found by employee id, then by e-mail, then by name: all without case and signs
    that nobody sees.

    Who is not here any more is only found where nobody who is has the name. `nobody` is the
    sentence, with %(name)s in it, for a cell that names none of them.
    """

    def __init__(self, nobody: str | Promise = NOBODY) -> None:
        self._nobody = nobody
        self._by: tuple[dict[str, list[tuple[Found, bool]]], ...] = ({}, {}, {})

    def add(
        self,
        one: Found,
        *names: str,
        email: str = "",
        employee_id: str = "",
        is_here: bool = True,
    ) -> None:
        """Make somebody known under any number of names."""
        for known, texts in zip(self._by, ((employee_id,), (email,), names), strict=True):
            for key in {name_key(text) for text in texts} - {""}:
                known.setdefault(key, []).append((one, is_here))

    def find(self, text: str) -> list[Found]:
        """Everybody whom a text may mean."""
        key = name_key(text)
        found = next((known[key] for known in self._by if key in known), [])
        return [one for one, is_here in found if is_here] or [one for one, _gone in found]

    def only(self, text: str, among: Container[Found] = ()) -> Found:
        """
        The one whom a text means; of several the one who is `among` some.

        :raises ValueError: it is nobody, or more than one person; the text is for the person
        """
        found = self.find(text)
        found = [one for one in found if one in among] or found
        if len(found) == 1:
            return found[0]
        raise ValueError((several() if found else str(self._nobody)) % {"name": text[:SHOWN]})


def several() -> str:
    """The sentence, with %(name)s in it, for a name that more than one person has."""
    return _("“%(name)s” is more than one person. Write the e-mail or the employee id.")
