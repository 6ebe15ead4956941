from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.prework.models import Assignment, PreworkItem
from people.accounts.models import Person
from people.waiting.rules import Act, Waiting

# Whoever has an item, and their manager, who looks at what they hand in
_OF_ASSIGNMENT = (
    "SELECT person_id FROM events_preworkitem WHERE assignment_id = {row}.id"
    " UNION SELECT manager_id FROM events_preworkitem JOIN people_person"
    " ON people_person.id = person_id"
    " WHERE manager_id IS NOT NULL AND assignment_id = {row}.id"
)
_OF_KICKOFF = (
    "SELECT person_id FROM events_preworkitem JOIN events_assignment"
    " ON events_assignment.id = assignment_id WHERE kickoff_id = {row}.id"
    " UNION SELECT manager_id FROM events_preworkitem JOIN events_assignment"
    " ON events_assignment.id = assignment_id"
    " JOIN people_person ON people_person.id = person_id"
    " WHERE manager_id IS NOT NULL AND kickoff_id = {row}.id"
)
WATCHED = (
    Watch("events_preworkitem", "{row}.person_id"),
    Watch(
        "events_preworkitem",
        "SELECT manager_id FROM people_person"
        " WHERE id = {row}.person_id AND manager_id IS NOT NULL",
    ),
    Watch("events_assignment", _OF_ASSIGNMENT),
    Watch("events_kickoff", _OF_KICKOFF),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Pre-work to do and to do again, until its kickoff is over, and what a direct report handed in
    that their manager has to look at. Two queries.
    """
    under_way = Kickoff.objects.shown_to_people().under_way()
    items = (
        PreworkItem.objects.filter(
            person__in=people,
            state__in=[PreworkItem.State.OPEN, PreworkItem.State.RETURNED],
            assignment__withdrawn_at=None,
            assignment__published_at__isnull=False,
            assignment__is_optional=False,
            assignment__kickoff__in=under_way,
        )
        .select_related("assignment__kickoff")
        .defer("text", "assignment__instructions", "assignment__body")
    )
    seat = Attendee.objects.filter(
        kickoff=OuterRef("assignment__kickoff"), person=OuterRef("person__manager")
    )
    sent = (
        PreworkItem.objects.to_review()
        .filter(person__manager__in=people, assignment__kickoff__in=under_way)
        .taking_part(at)
        # A manager without a seat does not see the kickoff
        .filter(Exists(seat))
        .select_related("assignment__kickoff", "person")
        .defer("text", "assignment__instructions", "assignment__body")
    )
    for item in items:
        if at < item.assignment.kickoff.closes_at:
            yield _item(item)
    for item in sent:
        if at < item.assignment.kickoff.closes_at:
            yield _review(item)


def _review(item: PreworkItem) -> Waiting:
    assignment, kickoff = item.assignment, item.assignment.kickoff
    return Waiting(
        person_id=item.person.manager_id or 0,
        kind="team.prework",
        title=_("%(name)s: %(title)s") % {"name": item.person.full_name, "title": assignment.title},
        url=reverse("events:prework:submission", args=[kickoff.slug, item.pk]),
        button=_("Look at it"),
        since=item.done_at or item.assigned_at,
        about_id=item.person_id,
        until=kickoff.closes_at,
        place=place_of(kickoff),
    )


def _item(item: PreworkItem) -> Waiting:
    assignment, slug = item.assignment, item.assignment.kickoff.slug
    is_returned = item.state == PreworkItem.State.RETURNED
    wants_work = assignment.wants_work
    return Waiting(
        person_id=item.person_id,
        kind="prework.returned" if is_returned else "prework.open",
        title=_("Do “%(title)s” again") % {"title": assignment.title}
        if is_returned
        else assignment.title,
        url=reverse("events:prework:item", args=[slug, item.pk]),
        button=_("Hand in") if wants_work else _("Start"),
        note=_minutes(assignment.minutes),
        since=item.assigned_at,
        due_at=assignment.due_at,
        begins_at=assignment.opens_at(),
        day=assignment.due_date,
        until=assignment.kickoff.closes_at,
        place=place_of(assignment.kickoff),
        act=None
        if assignment.kind not in (Assignment.Kind.READ, Assignment.Kind.DO)
        else Act(_("Done"), reverse("events:prework:done", args=[slug, item.pk])),
    )


def _minutes(minutes: int | None) -> str:
    if not minutes:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
