"""The story of one insight: who sent, put together, gave, answered, and whom the room was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from agenda.insights.models import Insight, Remark, State, Telling
from agenda.insights.rules import most_alike


@dataclass(frozen=True, slots=True)
class Told:
    """When a room was first told something, how many were told, and how many of them have read it."""

    at: datetime
    told: int
    read: int


@dataclass(frozen=True, slots=True)
class Story:
    """
    An insight with all that happened to it. `sent` are its head and what was put together with it,
    `rooms` the sessions of these with how many came from each.
    """

    head: Insight
    sent: Sequence[Insight]
    rooms: Sequence[tuple[str, int]]
    remarks: Sequence[Remark]
    answered: Told | None
    acted: Told | None

    @property
    def merged(self) -> Sequence[Insight]:
        return self.sent[1:]

    @property
    def times(self) -> int:
        """How often it was heard, by all who sent it."""
        return sum(one.heard for one in self.sent)

    @property
    def last_told(self) -> Told | None:
        return self.acted or self.answered

    @property
    def days_to_answer(self) -> int | None:
        """Days from being given to the answer, at the venue."""
        head = self.head
        if head.answered_at is None or head.given_at is None:
            return None
        on = head.kickoff.local_date
        return (on(head.answered_at) - on(head.given_at)).days


def story_of(head: Insight) -> Story:
    """All of an insight's page but what a person may do. Three queries."""
    merged = list(head.alike.select_related("sender", "merged_by").order_by("merged_at", "pk"))
    sent = [head, *merged]
    told = {
        row["occasion"]: Told(row["at"], row["told"], row["read"])
        for row in Telling.objects.filter(insight=head)
        .order_by()
        .values("occasion")
        .annotate(at=Min("told_at"), told=Count("pk"), read=Count("seen_at"))
    }
    return Story(
        head=head,
        sent=sent,
        rooms=Counter(one.session_title for one in sent if one.session_title).most_common(),
        remarks=list(head.remarks.select_related("author")),
        answered=told.get(Telling.Occasion.ANSWER),
        acted=told.get(Telling.Occasion.ACTED),
    )


def may_say_the_same(head: Insight) -> list[Insight]:
    """Other heads of the kickoff that may say the same, the most alike first. One query."""
    others = Insight.objects.heads().filter(kickoff=head.kickoff_id).exclude(pk=head.pk)
    rows = {row.pk: row for row in others.only("what", "session_title", "state").order_by()}
    near = most_alike(head.what, ((row.pk, row.what) for row in rows.values()))
    return [rows[pk] for pk in near]


def can_be_merged(head: Insight, other: Insight) -> bool:
    """Whether one of two heads can still be put to the other: it has no owner yet."""
    return State.NEW in (head.state, other.state)
