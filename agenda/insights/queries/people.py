"""Who can own an insight, what somebody was told, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from agenda.insights.models import Insight, Remark, State, Telling
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here


def possible_owners(at: datetime) -> QuerySet[Person]:
    """
    Who can answer for marketing, product or sales: everybody here of the first two, and of the others
    those who lead people or have a role.
    """
    theirs = Q(function__in=[Person.Function.MARKETING, Person.Function.PRODUCT]) | ~Q(role="")
    leads = Exists(Person.objects.filter(here(at), manager=OuterRef("pk")))
    people: QuerySet[Person] = Person.objects.filter(here(at)).filter(theirs | Q(leads))
    return people.order_by("full_name", "pk")


def told_to(person: Person, kickoff: Kickoff) -> QuerySet[Insight]:
    """Insights whose answer somebody was told, the last told first, with whether they have read it."""
    mine = Telling.objects.filter(insight=OuterRef("pk"), person=person)
    return (
        Insight.objects.filter(kickoff=kickoff, tellings__person=person)
        .annotate(told_at=Max("tellings__told_at"), is_new=Exists(mine.filter(seen_at=None)))
        .select_related("owner")
        .order_by("-told_at", "pk")
    )


def signed_by(person: Person, kickoff: Kickoff) -> QuerySet[Insight]:
    """What somebody sent with their name, with where it stands."""
    rows = Insight.objects.filter(kickoff=kickoff, sender=person)
    return rows.select_related("kickoff", "owner", "merged_into__owner").order_by("-heard_at", "pk")


def changes_of(kickoff: Kickoff) -> QuerySet[Insight]:
    """What was acted on, the last first: what changed because the field said so."""
    rows = Insight.objects.heads().filter(kickoff=kickoff, state=State.ACTED)
    return rows.select_related("owner").order_by("-acted_at", "pk")


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What a person sent with their name, owns, and said of insights. Three queries."""
    columns = ("kickoff__name", "session_title", "heard_at", "what", "evidence", "deal", "heard")
    yield "insights", list(Insight.objects.filter(sender=person).values(*columns))
    owned = ("kickoff__name", "what", "state", "due_date", "answer", "answered_at", "change")
    yield "insights_owned", list(Insight.objects.filter(owner=person).values(*owned))
    remarks = Remark.objects.filter(author=person)
    yield "insight_remarks", list(remarks.values("insight__what", "text", "said_at"))
