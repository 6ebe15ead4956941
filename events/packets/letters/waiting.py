from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.kickoff.queries import place
from events.packets.letters.models import LetterFile
from people.accounts.models import Person
from people.waiting.rules import Act, Waiting


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Letters that could not be made, for RevOps: how many of a kickoff. One query."""
    revops = [person for person in people if person.is_revops]
    if not revops:
        return
    failed = (
        LetterFile.objects.filter(state=LetterFile.State.FAILED)
        .exclude(run__kickoff__status=Kickoff.Status.ARCHIVED)
        .order_by()
        .values(slug=F("run__kickoff__slug"), label=F("run__kickoff__name"))
        .annotate(count=Count("pk"), since=Min("queued_at"))
    )
    for row in failed:
        title = ngettext(
            "See why %(count)d letter was not made",
            "See why %(count)d letters were not made",
            row["count"],
        )
        for person in revops:
            yield Waiting(
                person_id=person.pk,
                kind="letters.failed",
                title=title % {"count": row["count"]},
                url=reverse("events:packets:letters:run", args=[row["slug"]]),
                button=_("See why"),
                since=row["since"],
                place=place(row["slug"], row["label"]),
                act=Act(
                    _("Try again"), reverse("events:packets:letters:again", args=[row["slug"]])
                ),
                count=row["count"],
                is_private=True,
            )
