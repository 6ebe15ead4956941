"""Pre-work drafted, assigned, changed and withdrawn, and kept in step with the roster."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.due.rules import end_of
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.actions.refusals import PreworkRefused, refuse_archived
from events.prework.models import Assignment, PreworkItem, PreworkPlan
from events.prework.queries import audience, quiz_questions
from events.questions.models import Topic
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import call_off
from people.notices.models import Notice
from people.org.models import Region, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """
    What a planner says of an assignment. `due_date` is a day in the event's zone, all of which
    counts; the last seven are the segment, an empty one meaning everybody.
    """

    kind: str
    title: str
    due_date: date
    instructions: str = ""
    link: str = ""
    body: str = ""
    minutes: int | None = None
    bet: BigBet | None = None
    opens_date: date | None = None
    is_optional: bool = False
    is_typed: bool = False
    quiz_topic: Topic | None = None
    quiz_count: int = 5
    quiz_tries: int | None = 1
    quiz_pass_percent: int = 80
    wants_review: bool = False
    segment_kind: str = ""
    segment_function: str = ""
    segment_region: Region | None = None
    segment_team: Team | None = None
    segment_tenure: str = ""
    segment_has_deals: bool = False
    segment_session: int | None = None


@transaction.atomic
def draft_prework(*, kickoff: Kickoff, details: Details, by: Person, at: datetime) -> Assignment:
    """
    Write an assignment down. Nobody has it until it is assigned.

    :raises PreworkRefused: its link is no web address, its bet is another kickoff's, or the
        kickoff is archived
    """
    refuse_archived(kickoff)
    _refuse_wrong(kickoff, details)
    assignment = Assignment(kickoff=kickoff, created_at=at, **_fields(details))
    assignment.due_at = end_of(details.due_date, kickoff.zone)
    assignment.save(force_insert=True)
    record_entry(by=by, verb="prework.drafted", at=at, object=assignment, note=assignment.title)
    return assignment


@transaction.atomic
def assign_prework(*, assignment_id: int, by: Person, at: datetime) -> int:
    """
    Give a draft to everybody in its segment who has not declined; return how many have it.

    Whoever joins the roster later gets it too. Assigning twice gives it once.

    :raises PreworkRefused: it was withdrawn, or the kickoff is archived
    """
    assignment = find_assignment(assignment_id)
    if assignment.is_withdrawn:
        raise PreworkRefused(_("This pre-work was withdrawn. Write a new one."))
    if Assignment.objects.filter(pk=assignment_id, published_at=None).update(published_at=at):
        assignment.published_at = at
        record_entry(
            by=by, verb="prework.assigned", at=at, object=assignment, note=assignment.title
        )
    _sync(assignment, at)
    return assignment.items.count()


@transaction.atomic
def update_prework(*, assignment_id: int, details: Details, by: Person, at: datetime) -> Assignment:
    """
    Change an assignment. Who has it follows its segment: whoever falls out of it loses it,
    unless they have done something for it.

    :raises PreworkRefused: as `draft_prework`; or it was withdrawn; or its kind would change
        although somebody has done it
    """
    assignment = find_assignment(assignment_id)
    if assignment.is_withdrawn:
        raise PreworkRefused(_("This pre-work was withdrawn. Write a new one."))
    _refuse_wrong(assignment.kickoff, details)
    done = assignment.items.filter(state=PreworkItem.State.DONE)
    if details.kind != assignment.kind and done.exists():
        raise PreworkRefused(
            _("Somebody has done this already, so what people do stays. Write a new one instead.")
        )
    changes = _fields(details)
    for field, value in changes.items():
        setattr(assignment, field, value)
    assignment.due_at = end_of(details.due_date, assignment.kickoff.zone)
    assignment.save(update_fields=[*changes, "due_at"])
    record_entry(by=by, verb="prework.changed", at=at, object=assignment, note=assignment.title)
    if assignment.is_assigned:
        _sync(assignment, at)
    return assignment


@transaction.atomic
def withdraw_prework(*, assignment_id: int, by: Person, at: datetime) -> None:
    """
    Take an assignment back: nobody has to do it any more, and what was handed in is kept.
    A draft is deleted.

    :raises PreworkRefused: the kickoff is archived
    """
    assignment = find_assignment(assignment_id)
    record_entry(by=by, verb="prework.withdrawn", at=at, object=assignment, note=assignment.title)
    if assignment.is_draft:
        assignment.delete()
    else:
        Assignment.objects.filter(pk=assignment_id, withdrawn_at=None).update(withdrawn_at=at)
        told = Notice.objects.filter(key__startswith=rules.reminder_key(assignment_id))
        call_off(notices=told, why=_("The pre-work was withdrawn."), at=at)


def sync_roster(kickoff: Kickoff, at: datetime) -> None:
    """
    Keep who has what in step with the roster: whoever joined gets what their segment has, and
    whoever left or declined loses what they have not begun.
    """
    for assignment in (
        Assignment.objects.assigned().filter(kickoff=kickoff).select_related("kickoff")
    ):
        _sync(assignment, at)


def follow_session(kickoff: Kickoff, session_id: int, at: datetime) -> None:
    """Keep what the people of a session have in step with it: it is for others, or led by others."""
    theirs = Assignment.objects.assigned().filter(kickoff=kickoff, segment_session=session_id)
    for assignment in theirs.select_related("kickoff"):
        _sync(assignment, at)


def suggest_prework(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Give a new kickoff the drafts of the template; nobody has them until they are assigned."""
    for suggestion in rules.suggestions():
        due_date = kickoff.starts_date - suggestion.before
        Assignment.objects.create(
            kickoff=kickoff,
            kind=suggestion.kind,
            title=suggestion.title,
            instructions=suggestion.instructions,
            minutes=suggestion.minutes,
            segment_kind=suggestion.segment_kind,
            wants_review=suggestion.wants_review,
            due_date=due_date,
            due_at=end_of(due_date, kickoff.zone),
            created_at=at,
        )


def find_assignment(assignment_id: int) -> Assignment:
    """
    An assignment that may still change, with its kickoff.

    :raises PreworkRefused: the kickoff is archived
    """
    assignment = Assignment.objects.select_related("kickoff").get(pk=assignment_id)
    refuse_archived(assignment.kickoff)
    return assignment


def _sync(assignment: Assignment, at: datetime) -> None:
    there = audience(assignment, at)
    assignment.items.untouched().exclude(person__in=there.values("person")).delete()
    joining = there.exclude(person__in=assignment.items.values("person"))
    PreworkItem.objects.bulk_create(
        [
            PreworkItem(assignment=assignment, person_id=person_id, assigned_at=at)
            for person_id in joining.values_list("person_id", flat=True)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


def _fields(details: Details) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _refuse_wrong(kickoff: Kickoff, details: Details) -> None:
    if details.link and not rules.is_safe_link(details.link):
        raise PreworkRefused(_("The link must be a web address that begins with https://."))
    if details.opens_date and details.opens_date > details.due_date:
        raise PreworkRefused(_("It opens after it is due. Change one of the two days."))
    if details.kind == Assignment.Kind.ACCEPT and not (details.body or details.instructions):
        raise PreworkRefused(_("Write the text that people acknowledge."))
    if details.kind == Assignment.Kind.QUIZ:
        _refuse_empty_quiz(kickoff, details.quiz_topic)
    if details.bet is not None and details.bet.kickoff_id != kickoff.pk:
        raise PreworkRefused(_("This big bet belongs to another kickoff."))


def _refuse_empty_quiz(kickoff: Kickoff, topic: Topic | None) -> None:
    if topic is not None and topic.kickoff_id != kickoff.pk:
        raise PreworkRefused(_("This topic belongs to another kickoff."))
    if not quiz_questions(kickoff, topic).exists():
        raise PreworkRefused(_("The question bank has no question for it. Write some first."))


@transaction.atomic
def plan_prework(
    *, kickoff: Kickoff, is_in_order: bool, most_minutes: int, by: Person, at: datetime
) -> PreworkPlan:
    """
    Say whether people do their pre-work in order, and how many minutes a person are too many.

    :raises PreworkRefused: the kickoff is archived
    """
    refuse_archived(kickoff)
    values = {"is_in_order": is_in_order, "most_minutes": most_minutes}
    plan, _created = PreworkPlan.objects.update_or_create(kickoff=kickoff, defaults=values)
    record_entry(by=by, verb="prework.planned", at=at, object=kickoff, note=kickoff.name)
    return plan
