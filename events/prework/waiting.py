from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.prework.models import Assignment, PreworkItem
from people.accounts.models import Person
from people.waiting.rules import Act, Waiting

WATCHED = (
    Watch("events_preworkitem", "{row}.person_id"),
    Watch(
        "events_assignment",
        "SELECT person_id FROM events_preworkitem WHERE assignment_id = {row}.id",
    ),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM events_preworkitem JOIN events_assignment"
        " ON events_assignment.id = assignment_id WHERE kickoff_id = {row}.id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Pre-work to do and to do again, until its kickoff is over. One query."""
    items = (
        PreworkItem.objects.filter(
            person__in=people,
            state__in=[PreworkItem.State.OPEN, PreworkItem.State.RETURNED],
            assignment__withdrawn_at=None,
            assignment__published_at__isnull=False,
            assignment__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .select_related("assignment__kickoff")
        .defer("text", "assignment__instructions")
    )
    return (_item(item) for item in items if at < item.assignment.kickoff.closes_at)


def _item(item: PreworkItem) -> Waiting:
    assignment, slug = item.assignment, item.assignment.kickoff.slug
    is_returned = item.state == PreworkItem.State.RETURNED
    wants_work = assignment.kind == Assignment.Kind.SUBMIT
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
        day=assignment.due_date,
        until=assignment.kickoff.closes_at,
        place=place_of(assignment.kickoff),
        act=None
        if wants_work
        else Act(_("Done"), reverse("events:prework:done", args=[slug, item.pk])),
    )


def _minutes(minutes: int | None) -> str:
    if not minutes:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
