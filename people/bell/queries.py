from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from people.accounts.models import Person
from people.bell.rules import WAITS, zones_after_the_hour
from people.mail.actions import Draft
from people.notices.actions import NoticeDraft
from people.notices.hooks import show_mails
from people.notices.rules import Kind
from people.org.queries import here


def to_be_mailed(at: datetime) -> QuerySet[Person]:
    """Whoever is here, is past 08:30 on a day, and whose mail of that day is not decided."""
    due = Q(pk=None)
    for day, zones in zones_after_the_hour(at).items():
        undecided = Q(daily=None) | Q(daily__date__lt=day)
        due |= Q(time_zone__in=sorted(zones)) & undecided
    found: QuerySet[Person] = Person.objects.filter(here(at)).filter(due).order_by("pk")
    return found


def mails_shown() -> Sequence[Draft]:
    """Every mail that the product can send, with an invented content. No query."""
    return [draft for mails in show_mails() for draft in mails]


def kinds() -> Sequence[Kind]:
    """Every kind of mail that people choose about: what waits first, then by name."""
    told = [draft.kind for draft in mails_shown() if isinstance(draft, NoticeDraft)]
    by_name = {kind.name: kind for kind in told}
    return [WAITS, *(by_name[name] for name in sorted(by_name))]


def kinds_of(person: Person) -> Sequence[Kind]:
    """The kinds that a person may be told of."""
    return [kind for kind in kinds() if not kind.roles or person.role in kind.roles]
