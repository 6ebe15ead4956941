from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count

from people.accounts.models import Person
from people.notices.models import Choice, Notice

SHOWN = 60


def choices_of(person: Person) -> Mapping[str, str]:
    """How a person wants to be mailed, by the name of a kind, where they said so. One query."""
    return dict(Choice.objects.filter(person=person).values_list("kind", "delivery"))


def choices_of_many(people: Iterable[int], kinds: Iterable[str]) -> Mapping[tuple[int, str], str]:
    """What some people have chosen for some kinds, by person and kind. One query."""
    rows = Choice.objects.filter(person__in=list(people), kind__in=set(kinds))
    return {(who, kind): how for who, kind, how in rows.values_list("person", "kind", "delivery")}


def notices_of(person: Person, at: datetime) -> tuple[Sequence[Notice], Sequence[Notice]]:
    """What is new for a person and what they have read, at most 60 of each, newest first. Two queries."""
    mine = Notice.objects.kept(at).filter(person=person).order_by("-at", "-pk")
    return list(mine.unread()[:SHOWN]), list(mine.filter(read_at__isnull=False)[:SHOWN])


def count_unread(people: Iterable[int], at: datetime) -> Mapping[int, int]:
    """How much is new in the bell of some people, by id; nothing is left out. One query."""
    rows = Notice.objects.kept(at).unread().filter(person__in=list(people)).order_by()
    return dict(rows.values_list("person_id").annotate(Count("pk")))
