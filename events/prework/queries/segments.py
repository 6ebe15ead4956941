from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.attendance.models import Attendee, AttendeeQuerySet
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.hooks import people_of_session
from events.prework.models import Assignment
from people.org.models import Region, Team

_MAY_BE_GUESTS = (Attendee.Kind.SPEAKER, Attendee.Kind.GUEST)


def audience(assignment: Assignment, at: datetime) -> AttendeeQuerySet:
    """
    Those who take part and are in the segment of an assignment; an empty field names everybody of
    the company. Guests from outside prepare what names them: speakers, guests, people of a session.
    """
    found = (
        Attendee.objects.filter(kickoff=assignment.kickoff).taking_part(at).in_segment(assignment)
    )
    if assignment.segment_kind not in _MAY_BE_GUESTS and assignment.segment_session is None:
        found = found.filter(person__is_guest=False)
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


def regions_of(those: QuerySet[Any]) -> list[tuple[int, str]]:
    """The regions of those in a list of people, for its filter: rows that have a `person`. One query."""
    found = Region.objects.filter(pk__in=those.order_by().values("person__region"))
    return list(found.values_list("pk", "name"))


def teams_of(those: QuerySet[Any]) -> list[tuple[int, str]]:
    """The teams of those in a list of people, for its filter. One query."""
    found = Team.objects.filter(pk__in=those.order_by().values("person__team"))
    return list(found.values_list("pk", "name"))
