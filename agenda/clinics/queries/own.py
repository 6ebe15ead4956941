"""What is kept of a person's clinics, for the file of theirs, and what is kept no longer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from agenda.clinics.models import Act, Step, Turn
from agenda.clinics.rules import Kind
from people.accounts.models import Person

KEPT_AFTER_END, KEPT_AFTER_LEAVING = timedelta(days=2 * 365), timedelta(days=90)


def past_keeping(at: datetime, person: str) -> Q:
    """Of a table with a group and a person: what is kept no longer at a moment."""
    today = at.date()
    return Q(group__round__grouping__kickoff__ends_date__lt=today - KEPT_AFTER_END) | Q(
        **{f"{person}__leave_date__lt": today - KEPT_AFTER_LEAVING}
    )


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """A person's deals in clinics, what they scored, and actions of theirs. Three queries."""
    kickoff = "group__round__grouping__kickoff__name"
    turns = Turn.objects.filter(person=person)
    names = ("name", "began_at", "ended_at", "verdict", "medians")
    yield "clinic_deals", list(turns.values(kickoff, *names))
    # What somebody entered for them, too
    scores = Act.objects.filter(kind=Kind.SCORE, said__person=person.pk)
    yield "clinic_scores", list(scores.values(kickoff, "turn", "said", "acted_at"))
    steps = Step.objects.filter(owner=person)
    yield "clinic_actions", list(steps.values("turn__name", "words", "by_date"))
