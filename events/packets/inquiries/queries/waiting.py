"""What is open of questions, wishes, shared answers and reviews, as rows of one shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries.models import (
    Inquiry,
    QuotaWish,
    ReviewSlot,
    SharedAnswerReader,
    able_manager,
    held_by,
)
from events.packets.inquiries.rules.kinds import Route
from people.accounts.models import Person
from people.org.queries import here
from people.waiting.rules import LONGEST

NEWS_FOR = timedelta(days=7)  # an answer that its rep leaves open waits for them this long
SOON = timedelta(hours=24)


class Open(NamedTuple):
    """
    Something open: what it is (QUESTION, WISH, ANSWERED, SHARED, CHOOSE or SOON), of which rep, with
    which manager, and who holds it. It is due at `due_at` and ends at `ends_at`, if ever.
    """

    what: str
    pk: int
    rep_id: int
    rep: str
    manager_id: int | None
    manager: str | None
    holder: str
    since: datetime
    due_at: datetime | None
    ends_at: datetime | None
    note: str
    slug: str
    label: str


def open_threads(people: Sequence[Person], at: datetime) -> Iterator[Open]:
    """
    Questions and wishes that some people hold, RevOps or the manager, and answers that they have
    not looked at. One query.
    """
    questions = Inquiry.objects.expected(at).with_holder(at)
    # Once the manager has said what they think of it, a wish is with RevOps alone
    uncommented = Q(able_manager(at, "wished_by"), supports=None)
    wishes = QuotaWish.objects.expected(at).annotate(holder=held_by(uncommented))
    if not any(person.is_revops for person in people):
        manager = {"holder": Route.MANAGER}
        questions = questions.filter(asked_by__manager__in=people, **manager)
        wishes = wishes.filter(wished_by__manager__in=people, **manager)
    answered = Inquiry.objects.filter(
        _may_open("asked_by", "version__packet__kickoff"),
        asked_by__in=people,
        state=Inquiry.State.ANSWERED,
        answered_at__gt=at - NEWS_FOR,
    )
    shared = SharedAnswerReader.objects.filter(
        _may_open("person", "shared__inquiry__version__packet__kickoff"),
        person__in=people,
        seen_at=None,
        shared__withdrawn_at=None,
    )
    return _together(
        _rows(questions, "QUESTION", "asked_by", since="opened_at", due_at="due_at", note="kind"),
        _rows(wishes, "WISH", "wished_by", since="wished_at"),
        _rows(answered, "ANSWERED", "asked_by", since="answered_at", note="kind"),
        _rows(shared, "SHARED", "person", since="told_at", of="shared__inquiry__version__packet__"),
    )


def open_reviews(people: Sequence[Person], at: datetime) -> Iterator[Open]:
    """
    Reps whose manager offers times of which they have taken none, and reviews that begin within a
    day and an hour, until they end. One query.
    """
    free = (
        ReviewSlot.objects.free(at)
        .filter(
            here(at, "manager"),
            kickoff=OuterRef("packet__kickoff"),
            manager=OuterRef("packet__rep__manager"),
        )
        .order_by()
        .values("kickoff")
        .annotate(last=Max("starts_at"))
    )
    taken = ReviewSlot.objects.not_cancelled().filter(
        kickoff=OuterRef("packet__kickoff"), rep=OuterRef("packet__rep")
    )
    choosing = (
        PacketVersion.objects.in_force()
        .filter(_may_open("packet__rep", "packet__kickoff"), packet__rep__in=people)
        .exclude(Exists(taken))
        .annotate(last_free=Subquery(free.values("last")))
        .filter(last_free__isnull=False)
    )
    soon = ReviewSlot.objects.not_cancelled().filter(
        _may_open("rep", "kickoff"),
        Q(rep__in=people) | Q(manager__in=people),
        here(at, "rep"),
        here(at, "manager"),
        starts_at__lte=at + SOON + LONGEST,
        ends_at__gt=at,
    )
    return _together(
        _rows(
            soon,
            "SOON",
            "rep",
            since="taken_at",
            due_at="starts_at",
            ends_at="ends_at",
            note="place",
            of="",
            manager="manager",
        ),
        _rows(
            choosing,
            "CHOOSE",
            "packet__rep",
            since="released_at",
            due_at="last_free",
            of="packet__",
        ),
    )


def _may_open(rep: str, kickoff: str) -> Q:
    """Whether the rep may open the page of it: on the roster of a kickoff that is under way."""
    on_roster = Attendee.objects.filter(kickoff=OuterRef(kickoff), person=OuterRef(rep))
    return Q(Exists(on_roster), **{f"{kickoff}__in": Kickoff.objects.shown_to_people().under_way()})


def _rows(
    rows: QuerySet[Any],
    what: str,
    rep: str,
    *,
    since: str,
    due_at: str = "",
    ends_at: str = "",
    note: str = "",
    of: str = "version__packet__",
    manager: str = "",
) -> QuerySet[Any]:
    """The columns of `Open`, of rows that know their kickoff by `of`."""
    manager = manager or f"{rep}__manager"
    holder = "holder" if "holder" in rows.query.annotations else Value("", CharField())
    never = Value(None, DateTimeField())
    return rows.order_by().values_list(
        Value(what, CharField()),
        "pk",
        F(rep),
        f"{rep}__full_name",
        F(manager),
        f"{manager}__full_name",
        holder,
        since,
        due_at or never,
        ends_at or never,
        note or Value("", CharField()),
        f"{of}kickoff__slug",
        f"{of}kickoff__name",
    )


def _together(first: QuerySet[Any], *others: QuerySet[Any]) -> Iterator[Open]:
    return map(Open._make, first.union(*others, all=True))
