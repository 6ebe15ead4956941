"""What waits for somebody, for the tests of packets."""

from people.accounts.models import Person
from people.waiting.queries import waiting_for_one


def waits(person, at, *kinds):
    """The items of some kinds for somebody, as they are now."""
    items = waiting_for_one(Person.objects.get(pk=person.pk), at)
    return [item for item in items if item.kind.startswith(kinds)]


def titles(person, at, *kinds):
    return [item.title for item in waits(person, at, *kinds)]
