"""Who answers: asked at the time of need, since people leave and change managers."""

from datetime import datetime

from django.db.models import QuerySet

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery.access import may_read_line
from events.packets.inquiries.models import AnswerTime, Inquiry
from events.packets.inquiries.rules.kinds import Kind, Route, usual_days
from people.accounts.models import Person
from people.org.queries import is_here, is_in_confirmed_line


def able_manager(rep: Person, kickoff: Kickoff, at: datetime) -> Person | None:
    """
    The rep's manager as things stand, if they may read the packet and are there to answer.

    None for a rep without one, or with one whom RevOps has not confirmed, who has left, is not on
    the roster, or is planner or executive: RevOps answers then. Two queries; the rule of `InquiryQuerySet.with_holder`.
    """
    manager: Person | None = Person.objects.filter(pk=rep.manager_id).first()
    if manager is None or not is_here(manager, at):
        return None
    if rep.has_new_manager or not may_read_line(manager):
        return None
    if manager.is_revops:
        return manager
    on_roster = Attendee.objects.filter(kickoff=kickoff, person=manager)
    return manager if on_roster.exists() else None


def holder_of(inquiry: Inquiry, at: datetime) -> Route:
    """Who holds a question now: RevOps in place of a manager who is not there any more."""
    if inquiry.routed_to == Route.REVOPS:
        return Route.REVOPS
    kickoff = inquiry.version.packet.kickoff
    return Route.MANAGER if able_manager(inquiry.asked_by, kickoff, at) else Route.REVOPS


def may_answer(inquiry: Inquiry, person: Person, at: datetime) -> bool:
    """
    Whether what somebody writes counts as the answer: RevOps always, managers up the line while
    it is with the manager. Nobody answers themselves.
    """
    if person.pk == inquiry.asked_by_id:
        return False
    if person.is_revops:
        return True
    return holder_of(inquiry, at) == Route.MANAGER and is_manager_of(person, inquiry.asked_by_id)


def is_manager_of(person: Person, rep_id: int) -> bool:
    """Whether somebody is above a rep, at any height, and may read their packet for it."""
    return may_read_line(person) and is_in_confirmed_line(person, rep_id)


def revops_people(besides: Person | None = None) -> QuerySet[Person]:
    """Everybody of RevOps who may sign in. Mail asks who of them is still here when it is sent."""
    people: QuerySet[Person] = Person.objects.revops()
    return people.exclude(pk=besides.pk) if besides is not None else people


def working_days(kickoff: Kickoff, kind: str) -> int:
    """How many working days an answer to a kind may take at a kickoff. One query."""
    own = AnswerTime.objects.filter(kickoff=kickoff, kind=kind)
    return own.values_list("working_days", flat=True).first() or usual_days(kind)


def all_working_days(kickoff: Kickoff) -> dict[str, int]:
    """How many working days an answer may take, by kind. One query."""
    own = dict(AnswerTime.objects.filter(kickoff=kickoff).values_list("kind", "working_days"))
    return {kind: own.get(kind, usual_days(kind)) for kind in Kind.values}
