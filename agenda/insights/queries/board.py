"""The board: how many insights of each function stand where, and which come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.insights.models import Function, Insight, InsightQuerySet, State
from agenda.insights.rules import Answers
from core.ui import figures
from events.kickoff.models import Kickoff
from people.accounts.models import Person

LATE, UNOWNED = "LATE", "NEW"


@dataclass(frozen=True, slots=True)
class Line:
    """One function on the board: where its insights stand."""

    function: str
    label: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Summary:
    """All functions that have insights, and how many insights have no owner yet."""

    lines: tuple[Line, ...]
    unowned: int

    @property
    def all(self) -> Answers:
        return sum((line.answers for line in self.lines), Answers())

    @property
    def total(self) -> int:
        return self.all.total + self.unowned

    @property
    def chips(self) -> dict[str, int]:
        """How many each choice of the list leaves."""
        found = self.all
        return {
            UNOWNED: self.unowned,
            LATE: found.late,
            State.OPEN: found.open,
            State.ANSWERED: found.answered,
            State.ACTED: found.acted,
            State.DECLINED: found.declined,
        }

    @property
    def finding(self) -> str:
        """What is to be seen, in a sentence or two."""
        if not self.all.total:
            return _("Nobody has been asked for an answer yet.")
        if not self.all.asked:
            return _("No answer is due yet.")
        counts = {
            "met": figures.number(self.all.in_time),
            "asked": figures.number(self.all.asked),
        }
        said = _("%(met)s of %(asked)s were answered in time.") % counts
        late = [line for line in self.lines if line.answers.late]
        if not late:
            return f"{said} {_('Nothing is late.')}"
        whose = ", ".join(
            _("%(count)s with %(function)s")
            % {"count": figures.number(line.answers.late), "function": line.label}
            for line in late
        )
        more = ngettext(
            "%(count)s is late: %(whose)s.", "%(count)s are late: %(whose)s.", self.all.late
        )
        return f"{said} {more % {'count': figures.number(self.all.late), 'whose': whose}}"


def summary_of(heads: QuerySet[Insight], kickoff: Kickoff, at: datetime) -> Summary:
    """How many of some heads of a kickoff stand where, by function. One query."""
    today = kickoff.local_date(at)
    answered_on = TruncDate("answered_at", tzinfo=kickoff.zone)
    owned = ~Q(state=State.OPEN, owner=None)
    rows = (
        heads.annotate(answered_on=answered_on)
        .order_by()
        .values("function")
        .annotate(
            unowned=Count("pk", filter=Q(state=State.NEW) | ~owned),
            open=Count("pk", filter=Q(state=State.OPEN) & owned),
            late=Count("pk", filter=Q(state=State.OPEN, due_date__lt=today) & owned),
            answered=Count("pk", filter=Q(state=State.ANSWERED)),
            acted=Count("pk", filter=Q(state=State.ACTED)),
            declined=Count("pk", filter=Q(state=State.DECLINED)),
            in_time=Count("pk", filter=Q(answered_on__lte=F("due_date"))),
        )
    )
    by_function: dict[str, Any] = {row["function"]: row for row in rows}
    unowned = sum(row["unowned"] for row in by_function.values())
    columns = [one.name for one in fields(Answers)]
    found = {
        name: Answers(**{column: row[column] for column in columns})
        for name, row in by_function.items()
        if name
    }
    lines = [
        Line(function, str(Function(function).label), found[function])
        for function in Function.values
        if function in found
    ]
    return Summary(tuple(lines), unowned)


def heads_in_order(rows: InsightQuerySet, today: date) -> QuerySet[Any]:
    """
    Heads with how many were put together and how often that was heard, those without an owner first,
    then by function: late ones, open ones, then the last that were settled.
    """
    is_late = Q(state=State.OPEN, due_date__lt=today, owner__isnull=False)
    places: dict[str, int] = {State.OPEN: 1, State.ANSWERED: 2, State.ACTED: 3, State.DECLINED: 4}
    # Of each row by itself: joined, all rows would be grouped to show a few
    alike = Insight.objects.filter(merged_into=OuterRef("pk")).order_by().values("merged_into")
    functions = {name: number for number, name in enumerate(Function.values, start=1)}
    return (
        rows.heads()
        .select_related("owner")
        .annotate(
            sent=Coalesce(Subquery(alike.values(n=Count("pk"))), 0) + 1,
            times=F("heard") + Coalesce(Subquery(alike.values(n=Sum("heard"))), 0),
            is_late=Case(
                When(is_late, then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
            function_place=_place("function", functions),
            state_place=Case(When(is_late, then=Value(0)), default=_place("state", places)),
        )
    )


ORDER = ("function_place", "state_place", "due_date", "-answered_at", "-heard_at")


def _place(field: str, numbers: Mapping[str, int]) -> Case:
    whens = [When(**{field: name}, then=Value(number)) for name, number in numbers.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def narrowed_to(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The rows of `heads_in_order` that a choice of the list leaves."""
    if value == LATE:
        return rows.filter(is_late=1)
    if value == UNOWNED:
        return rows.filter(Q(state=State.NEW) | Q(state=State.OPEN, owner=None))
    rows = rows.filter(state=value)
    return rows.exclude(owner=None) if value == State.OPEN else rows


def late_of(kickoff: Kickoff, at: datetime) -> dict[Person, list[Insight]]:
    """What each owner should have answered by now, the longest late first. One query."""
    rows = Insight.objects.heads().filter(
        kickoff=kickoff,
        state=State.OPEN,
        owner__isnull=False,
        due_date__lt=kickoff.local_date(at),
    )
    found: dict[Person, list[Insight]] = defaultdict(list)
    for row in rows.select_related("owner").order_by("due_date", "pk"):
        if row.owner is not None:
            found[row.owner].append(row)
    return dict(found)


def sources_of(rows: QuerySet[Insight]) -> tuple[int, int]:
    """From how many sessions some insights come, and how many were sent in all. One query."""
    found = rows.order_by().aggregate(sessions=Count("session_id", distinct=True), sent=Count("pk"))
    return found["sessions"], found["sent"]
