import re

from django.db.models import Q

from people.accounts.models import Person

_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")


class NoSuchPerson(Exception):
    """A text names nobody, or `several` people."""

    def __init__(self, text: str, *, several: bool) -> None:
        super().__init__(text)
        self.text = text
        self.several = several


def people_named(texts: list[str]) -> list[Person]:
    """
    The active people whom texts name, in the same order: one query for all of them.

    A text is an e-mail address, `Name <e-mail>`, or a full or preferred name in any case.

    :raises NoSuchPerson: a text names nobody, or more than one person
    """
    wanted = [_wanted(text) for text in texts]
    matching = Q(pk__in=[])
    for name in set(wanted):
        matching |= Q(email__iexact=name)
        if "@" not in name:
            matching |= Q(full_name__iexact=name) | Q(preferred_name__iexact=name)
    by_name: dict[str, set[Person]] = {}
    for person in Person.objects.active().filter(matching):
        for name in (person.email, person.full_name, person.preferred_name):
            by_name.setdefault(name.casefold(), set()).add(person)
    return [
        _only(by_name.get(name.casefold(), set()), text)
        for name, text in zip(wanted, texts, strict=True)
    ]


def _wanted(text: str) -> str:
    address = _ADDRESS.search(text)
    return address[1] if address else " ".join(text.split())


def _only(found: set[Person], text: str) -> Person:
    if len(found) != 1:
        raise NoSuchPerson(text, several=len(found) > 1)
    return next(iter(found))


def leading_people(limit: int = 200) -> list[Person]:
    """Active people who own things: those with a role, and managers; by name."""
    leading = Person.objects.active().filter(~Q(role="") | Q(reports__isnull=False))
    return list(leading.distinct().order_by("full_name", "pk")[:limit])
