from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from people.accounts.models import Person
from people.mail.models import Message
from people.waiting.rules import Waiting


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Mails that will not go out by themselves, for each planner. One query."""
    planners = [person for person in people if person.is_planner]
    if not planners:
        return
    stuck = Message.objects.needing_a_person(at).aggregate(count=Count("pk"), since=Min("due_at"))
    for person in planners if stuck["count"] else []:
        yield Waiting(
            person_id=person.pk,
            kind="mail.stuck",
            title=ngettext(
                "Look at %(count)d mail that did not go out",
                "Look at %(count)d mails that did not go out",
                stuck["count"],
            )
            % {"count": stuck["count"]},
            url=reverse("people:mail:outbox") + "?state=needs-you",
            since=stuck["since"],
            count=stuck["count"],
            is_private=True,
        )
