"""Answers that concern others: whom, and what they read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion, PacketVersionQuerySet
from events.packets.delivery.rules.content import Content
from events.packets.inquiries.models import Inquiry, SharedAnswer, SharedAnswerReader
from events.packets.inquiries.rules.concern import Scope, concerns
from events.sealing.rules import Unreadable
from people.accounts.models import Person
from people.org.queries import here


@dataclass(frozen=True, slots=True, repr=False)
class Shared:
    """One shared answer as its readers see it."""

    pk: int
    kind: str
    question: str
    answer: str
    published_at: datetime
    is_new: bool = False
    scope: str = ""
    readers: int = 0
    inquiry_id: int = 0


@sensitive_variables()
def counts_by_scope(inquiry: Inquiry, at: datetime) -> dict[str, int]:
    """How many reps besides the one who asked an answer would reach, by scope. One query."""
    asked = inquiry.version.read()
    counts: Counter[str] = Counter(dict.fromkeys(Scope.values, 0))
    for version in _others(inquiry, at).iterator(chunk_size=500):
        content = _content(version)
        for scope in Scope.values:
            counts[scope] += _reaches(scope, asked, content)
    return dict(counts)


@sensitive_variables()
def versions_concerned(inquiry: Inquiry, scope: str, at: datetime) -> list[PacketVersion]:
    """The versions in the hands of those whom an answer concerns, with their reps. One query."""
    asked = inquiry.version.read()
    return [
        version
        for version in _others(inquiry, at).iterator(chunk_size=500)
        if _reaches(scope, asked, _content(version))
    ]


def shared_answers(kickoff: Kickoff) -> QuerySet[SharedAnswer]:
    """What RevOps has shared at a kickoff and not taken back, the latest first."""
    shared = SharedAnswer.objects.filter(
        inquiry__version__packet__kickoff=kickoff, withdrawn_at=None
    )
    return shared.select_related("inquiry")


@sensitive_variables()
def open_shared(kickoff: Kickoff) -> list[Shared]:
    """What RevOps has shared, opened, with how many it reached. One query."""
    rows = shared_answers(kickoff).annotate(count=Count("readers"))
    return [_opened(one, readers=one.count) for one in rows]


@sensitive_variables()
def shared_for(kickoff: Kickoff, person: Person) -> list[Shared]:
    """The shared answers that concern somebody, opened, the latest first. Two queries."""
    rows = shared_answers(kickoff).filter(readers__person=person)
    seen = dict(rows.values_list("pk", "readers__seen_at"))
    return [_opened(one, is_new=seen.get(one.pk) is None) for one in rows]


@dataclass(frozen=True, slots=True)
class SharedCount:
    """How many shared answers concern somebody, and how many of them they have not read."""

    total: int
    new: int


def shared_count(kickoff: Kickoff, person: Person) -> SharedCount:
    """How many shared answers concern somebody. One query, and nothing is opened."""
    readers = SharedAnswerReader.objects.filter(
        person=person,
        shared__withdrawn_at=None,
        shared__inquiry__version__packet__kickoff=kickoff,
    )
    counts = readers.aggregate(total=Count("pk"), new=Count("pk", filter=Q(seen_at=None)))
    return SharedCount(counts["total"], counts["new"])


def _opened(shared: SharedAnswer, *, is_new: bool = False, readers: int = 0) -> Shared:
    question, answer = shared.read()
    return Shared(
        pk=shared.pk,
        kind=shared.inquiry.get_kind_display(),
        question=question,
        answer=answer,
        published_at=shared.published_at,
        is_new=is_new,
        scope=shared.get_scope_display(),
        readers=readers,
        inquiry_id=shared.inquiry_id,
    )


def _others(inquiry: Inquiry, at: datetime) -> PacketVersionQuerySet:
    kickoff = inquiry.version.packet.kickoff_id
    versions = PacketVersion.objects.in_force().filter(
        here(at, "packet__rep"), packet__kickoff=kickoff
    )
    return versions.exclude(packet=inquiry.version.packet_id).select_related("packet__rep")


@sensitive_variables()
def _content(version: PacketVersion) -> Content | None:
    """What a version says; a packet that no key opens concerns only what everyone is told."""
    try:
        return version.read()
    except Unreadable:
        return None


@sensitive_variables()
def _reaches(scope: str, asked: Content, other: Content | None) -> bool:
    return scope == Scope.EVERYONE or (other is not None and concerns(scope, asked, other))
