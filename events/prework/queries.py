from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.once import once
from events.attendance.models import Attendee, AttendeeQuerySet
from events.bets.hooks import Serving
from events.bets.queries import bets_of
from events.deals.models import Opportunity
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.hooks import people_of_session
from events.prework.models import (
    Assignment,
    AssignmentFile,
    AssignmentQuerySet,
    ItemComment,
    PreworkItem,
    PreworkItemQuerySet,
    PreworkPlan,
    QuizTry,
)
from events.prework.rendering import text_of
from events.prework.rules import Progress
from events.questions.models import Question, Topic
from events.readiness.queries import asked
from people.accounts.models import Person
from people.org.queries import line_of


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One assignment and how far everybody has come with it."""

    assignment: Assignment
    progress: Progress
    is_over: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """All pre-work of a kickoff, the earliest due first, and the one that holds it back."""

    rows: Sequence[BoardRow]
    progress: Progress
    slowest: BoardRow | None


def board(kickoff: Kickoff, at: datetime) -> list[BoardRow]:
    """Every assignment of a kickoff, drafts and withdrawn ones too. One query."""
    return _rows(Assignment.objects.filter(kickoff=kickoff), at)


@once
def prework_summary(kickoff: Kickoff, at: datetime) -> Summary:
    """What is assigned and how much of it is done, for a home. One query."""
    owed = Assignment.objects.assigned().filter(kickoff=kickoff, is_optional=False)
    rows = _rows(owed, at)
    told = [row for row in rows if row.progress.total]
    place = rules.slowest([row.progress.share for row in told])
    return Summary(
        rows=rows,
        progress=Progress(
            total=sum(row.progress.total for row in rows),
            done=sum(row.progress.done for row in rows),
            late=sum(row.progress.late for row in rows),
        ),
        slowest=None if place is None else told[place],
    )


def board_row(assignment: Assignment, at: datetime) -> BoardRow:
    """How far everybody has come with one assignment. One query."""
    return _rows(Assignment.objects.filter(pk=assignment.pk), at)[0]


def prework_for(person: Person, kickoff: Kickoff) -> list[PreworkItem]:
    """What one person has to do, what is not done first, then by due time. One query."""
    items = (
        PreworkItem.objects.of_people(kickoff, [person.pk])
        .select_related("assignment__bet")
        .order_by("assignment__due_at", "pk")
    )
    return sorted(items, key=lambda item: item.is_done)


def prework_counts(
    kickoff: Kickoff, person_ids: Iterable[int], at: datetime
) -> dict[int, Progress]:
    """How far each of some people has come; whoever has nothing to do is left out. One query."""
    is_done = Q(state=PreworkItem.State.DONE)
    rows = (
        PreworkItem.objects.of_people(kickoff, person_ids)
        .filter(assignment__is_optional=False)
        .order_by()
        .values("person_id")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=is_done),
            late=Count("pk", filter=~is_done & Q(assignment__due_at__lte=at)),
        )
    )
    return {
        row["person_id"]: Progress(total=row["total"], done=row["done"], late=row["late"])
        for row in rows
    }


def prework_by_person(kickoff: Kickoff, person_ids: Iterable[int]) -> dict[int, list[PreworkItem]]:
    """What some people have to do, by person, each in the order of due times. One query."""
    found: dict[int, list[PreworkItem]] = defaultdict(list)
    items = PreworkItem.objects.of_people(kickoff, person_ids)
    for item in items.select_related("assignment").order_by("assignment__due_at", "pk"):
        found[item.person_id].append(item)
    return dict(found)


def items_of(assignment: Assignment, at: datetime) -> PreworkItemQuerySet:
    """The copies of an assignment of all who take part, with what a list says of a person."""
    items = PreworkItem.objects.filter(assignment=assignment).taking_part(at)
    return items.select_related("person__region", "person__team", "person__manager")


@dataclass(frozen=True, slots=True)
class Quiz:
    """The try at a quiz that somebody is at, and those that they made."""

    number: int
    questions: list[Question]
    tries: list[QuizTry]
    is_over: bool  # passed, or no try is left


def quiz_questions(kickoff: Kickoff, topic: Topic | None) -> QuerySet[Question]:
    """The questions that a quiz may ask: never those that are kept for the checks."""
    found = Question.objects.for_practice().filter(topic__kickoff=kickoff)
    return found.filter(topic=topic) if topic else found


def quiz_for(item: PreworkItem) -> Quiz | None:
    """The quiz of somebody's item; None where it is no quiz. Four queries."""
    assignment = item.assignment
    if assignment.kind != Assignment.Kind.QUIZ:
        return None
    tries = list(item.tries.prefetch_related("answers__question", "answers__choice"))
    number = len(tries) + 1
    passed = any(one.percent >= assignment.quiz_pass_percent for one in tries)
    is_over = passed or (assignment.quiz_tries is not None and number > assignment.quiz_tries)
    found = quiz_questions(assignment.kickoff, assignment.quiz_topic).order_by("pk")
    ids = rules.quiz_of(
        list(found.values_list("pk", flat=True)), assignment.quiz_count, item.pk * 100 + number
    )
    by_id = Question.objects.prefetch_related("choices").in_bulk(ids)
    return Quiz(number, [by_id[pk] for pk in ids], tries, is_over)


def plan_of(kickoff: Kickoff) -> PreworkPlan:
    """How a kickoff deals out its pre-work, or the defaults. One query."""
    return PreworkPlan.objects.filter(kickoff=kickoff).first() or PreworkPlan(kickoff=kickoff)


def held_up(person: Person, kickoff: Kickoff) -> set[int]:
    """Which of a person's items wait for an earlier one. One query, two where it goes in order."""
    if not plan_of(kickoff).is_in_order:
        return set()
    items = PreworkItem.objects.of_people(kickoff, [person.pk]).order_by("assignment__due_at", "pk")
    return rules.held_up(
        [
            (pk, state == PreworkItem.State.DONE, is_optional)
            for pk, state, is_optional in items.values_list(
                "pk", "state", "assignment__is_optional"
            )
        ]
    )


def over_minutes(kickoff: Kickoff, at: datetime) -> int:
    """How many of those who take part have more minutes of pre-work than the plan allows."""
    most = plan_of(kickoff).most_minutes
    items = PreworkItem.objects.filter(
        assignment__in=Assignment.objects.assigned().filter(kickoff=kickoff, is_optional=False)
    ).taking_part(at)
    return (
        items.order_by()
        .values("person_id")
        .annotate(minutes=Sum("assignment__minutes"))
        .filter(minutes__gt=most)
        .count()
    )


def body_of(assignment: Assignment, files: Iterable[AssignmentFile]) -> SafeString:
    """The text of an assignment as a page shows it, with its pictures."""
    slug = assignment.kickoff.slug
    pictures = {
        held.file.name.lower(): reverse("events:prework:file", args=[slug, held.pk])
        for held in files
        if held.is_picture
    }
    return text_of(assignment.body, pictures)


def thread_of(item: PreworkItem) -> list[ItemComment]:
    """What was said about what somebody handed in, the first first. One query."""
    return list(item.comments.select_related("author"))


def line_at(kickoff: Kickoff, manager: Person, at: datetime) -> AttendeeQuerySet:
    """Those below a manager who take part in a kickoff."""
    return (
        Attendee.objects.filter(kickoff=kickoff, person__in=line_of(manager))
        .taking_part(at)
        .select_related("person")
    )


def audience(assignment: Assignment, at: datetime) -> AttendeeQuerySet:
    """Those who take part and are in the segment of an assignment; an empty field names everybody."""
    found = (
        Attendee.objects.filter(kickoff=assignment.kickoff).taking_part(at).in_segment(assignment)
    )
    if assignment.segment_team_id:
        found = found.filter(person__team=assignment.segment_team_id)
    if assignment.segment_tenure:
        year = rules.hired_since(assignment.kickoff.local_date(at))
        is_new = Q(person__hire_date__gt=year)
        is_wanted = assignment.segment_tenure == Assignment.Tenure.NEW
        # Of whom nobody knows since when they are here is here for longer
        found = found.filter(is_new) if is_wanted else found.exclude(is_new)
    if assignment.segment_has_deals:
        found = found.filter(person__in=Opportunity.objects.open().values("owner"))
    if assignment.segment_session is not None:
        ids = people_of_session(assignment.kickoff, assignment.segment_session)
        found = found.filter(person__in=ids)
    return found


def reach(assignment: Assignment, at: datetime) -> int:
    """How many people an assignment is for, those who declined or left not counted."""
    return audience(assignment, at).count()


def everybody_at(kickoff: Kickoff, at: datetime) -> AttendeeQuerySet:
    """All who take part in a kickoff, with what a list says of a person."""
    return (
        Attendee.objects.filter(kickoff=kickoff)
        .taking_part(at)
        .select_related("person__region", "person__team", "person__manager")
    )


@dataclass(frozen=True, slots=True)
class Part:
    """How far one region has come with an assignment."""

    region_id: int | None
    name: str
    progress: Progress


def by_region(assignment: Assignment, at: datetime) -> list[Part]:
    """How far each region has come with an assignment, the one that lags first. One query."""
    rows = (
        PreworkItem.objects.filter(assignment=assignment)
        .taking_part(at)
        .order_by()
        .values_list("person__region", "person__region__name")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=PreworkItem.State.DONE)))
    )
    parts = [
        Part(pk, name or _("No region"), Progress(total, done)) for pk, name, total, done in rows
    ]
    return sorted(parts, key=lambda part: (part.progress.share, part.name))


def table(
    kickoff: Kickoff, people: AttendeeQuerySet
) -> tuple[list[Assignment], Iterator[tuple[Attendee, list[PreworkItem | None]]]]:
    """
    What is assigned, and each of some people with their item of each, None where they have none:
    for an export. Three queries.
    """
    assigned = list(Assignment.objects.assigned().filter(kickoff=kickoff))
    items = PreworkItem.objects.filter(assignment__in=assigned, person__in=people.values("person"))
    found = {
        (item.person_id, item.assignment_id): item
        for item in items.only("person_id", "assignment_id", "state", "done_at")
    }
    rows = ((one, [found.get((one.person_id, each.pk)) for each in assigned]) for one in people)
    return assigned, rows


PREPARED = Check(
    "prework.bets", Phase.BEFORE, 4, gettext_lazy("Guide: nobody sees anything for the first time")
)
DONE = Check(
    "prework.done",
    Phase.BEFORE,
    3,
    gettext_lazy("Our choice: 80% done when it is due"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of an assignment is done when it is due"),
        round(rules.ENOUGH_DONE * 100),
        50,
        100,
    ),
)


@checks(PREPARED, DONE)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Pre-work never assigned or bets that nobody prepares for, and assignments that are overdue."""
    rows = prework_summary(kickoff, at).rows
    today = kickoff.local_date(at)
    if not rows:
        near = kickoff.starts_date - rules.ASSIGN_AHEAD <= today < kickoff.starts_date
        if near:
            yield _nothing_assigned(kickoff)
        return
    yield _bets_without(kickoff, rows)
    enough = asked(kickoff, DONE)
    yield _behind(
        kickoff, [one for one in rows if one.is_over and one.progress.percent < enough], enough
    )


def _nothing_assigned(kickoff: Kickoff) -> Finding:
    return Finding(
        PREPARED,
        Severity.BLOCKS,
        _("No pre-work is assigned."),
        why=_("The kickoff begins on %(day)s; people would see everything for the first time.")
        % {"day": date_format(kickoff.starts_date, "D j F")},
        mend_label=_("Assign pre-work"),
        mend_url=reverse("events:prework:board", kwargs={"slug": kickoff.slug}),
    )


def _bets_without(kickoff: Kickoff, rows: Sequence[BoardRow]) -> Finding:
    prepared = {row.assignment.bet_id for row in rows}
    bets = bets_of(kickoff)
    missing = [bet for bet in bets if bet.pk not in prepared]
    if not missing:
        return Finding(PREPARED, Severity.MET, _("Each big bet has pre-work."))
    numbers = ", ".join(str(bet.position) for bet in missing)
    text = ngettext(
        "Big bet %(numbers)s has no pre-work.",
        "Big bets %(numbers)s have no pre-work.",
        len(missing),
    )
    path = reverse("events:prework:create", kwargs={"slug": kickoff.slug})
    return Finding(
        PREPARED,
        Severity.IMPROVE,
        text % {"numbers": numbers},
        why=_("People would see it for the first time in the room."),
        mend_label=_("Add pre-work"),
        mend_url=f"{path}?{urlencode({'bet': missing[0].pk})}",
        share=1 - len(missing) / len(bets),
    )


def _behind(kickoff: Kickoff, behind: Sequence[BoardRow], enough: int) -> Finding:
    if not behind:
        return Finding(DONE, Severity.MET, _("No pre-work is overdue."))
    if len(behind) > 1:
        return Finding(
            DONE,
            Severity.IMPROVE,
            _("%(count)d assignments are overdue and under %(enough)d%% done.")
            % {"count": len(behind), "enough": enough},
            why=_("Who comes unprepared holds the room back."),
            mend_label=_("Open the board"),
            mend_url=reverse("events:prework:board", kwargs={"slug": kickoff.slug}),
        )
    row = behind[0]
    return Finding(
        DONE,
        Severity.IMPROVE,
        _("“%(title)s” is overdue and %(percent)d%% done.")
        % {"title": row.assignment.title, "percent": row.progress.percent},
        why=_("It was due on %(day)s.") % {"day": date_format(row.assignment.due_date, "D j F")},
        mend_label=ngettext(
            "Remind %(count)d person", "Remind %(count)d people", row.progress.missing
        )
        % {"count": row.progress.missing},
        mend_url=reverse(
            "events:prework:missing",
            kwargs={"slug": kickoff.slug, "assignment_id": row.assignment.pk},
        ),
        share=row.progress.share,
    )


def _rows(assignments: AssignmentQuerySet, at: datetime) -> list[BoardRow]:
    # Any, since the annotations are no fields of the model
    counted: Any = assignments.select_related("bet", "segment_region").annotate(
        item_count=_items(at), done_count=_items(at, state=PreworkItem.State.DONE)
    )
    rows = []
    for assignment in counted:
        total, done = assignment.item_count, assignment.done_count
        is_over = assignment.is_assigned and assignment.is_over(at) and not assignment.is_optional
        progress = Progress(total, done, late=total - done if is_over else 0)
        rows.append(BoardRow(assignment, progress, is_over))
    return rows


def _items(at: datetime, **which: str) -> Coalesce:
    """
    How many of those who take part have an assignment, counted apart: joined, each item would
    carry its texts along.
    """
    items = (
        PreworkItem.objects.filter(assignment=OuterRef("pk"), **which).taking_part(at).order_by()
    )
    return Coalesce(Subquery(items.values("assignment").values_list(Count("pk"))), 0)


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The pre-work of a kickoff that prepares for a big bet and is not withdrawn. One query."""
    for one in Assignment.objects.filter(kickoff=kickoff, bet__isnull=False, withdrawn_at=None):
        if one.bet_id is not None:
            url = reverse("events:prework:edit", args=[kickoff.slug, one.pk])
            yield Serving(one.bet_id, _("Pre-work"), one.title, url)
