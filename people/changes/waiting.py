from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.models import Person
from people.changes.queries import waiting_since
from people.waiting.rules import Waiting


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """New managers, addresses, RevOps and returns to confirm, for each of RevOps. One query."""
    revops = [person for person in people if person.is_revops]
    if not revops:
        return
    count, since = waiting_since()
    for person in revops if count else []:
        yield Waiting(
            person_id=person.pk,
            kind="changes.confirm",
            title=ngettext("Confirm %(count)d change", "Confirm %(count)d changes", count)
            % {"count": count},
            url=reverse("people:changes:list"),
            button=_("Look"),
            note=_("managers, addresses, RevOps, returns"),
            since=since or at,
            count=count,
            is_private=True,
        )
