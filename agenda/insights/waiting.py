from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.insights.models import Insight, State
from core.due.rules import end_of
from core.guards.watching import Watch
from events.commitments.models import Occurrence
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

# Of a row without an owner nothing is marked: what is sent without a name leaves no other row
WATCHED = (
    Watch("agenda_insight", "{row}.owner_id"),
    Watch("events_kickoff", "SELECT owner_id FROM agenda_insight WHERE kickoff_id = {row}.id"),
    Watch(
        "events_occurrence",
        "SELECT owner_id FROM agenda_insight WHERE commitment_id = {row}.commitment_id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Insights that wait for their owner: to be answered, and, once what was promised is done, to be
    told of to the room. One query.
    """
    to_keep = Occurrence.objects.open().filter(commitment=OuterRef("commitment"))
    rows = (
        Insight.objects.heads()
        .filter(
            Q(state=State.OPEN) | Q(state=State.ANSWERED, act_by_date__isnull=False),
            ~Exists(to_keep),  # it waits as a promise until then
            owner__in=people,
            kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .select_related("kickoff")
    )
    return (_item(row) for row in rows)


def find_unowned(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Insights of kickoffs under way that nobody is to answer, for planners. Two queries."""
    planners = [person for person in people if person.is_planner]
    if not planners:
        return
    rows = Insight.objects.unowned().order_by().values_list("kickoff")
    found = list(rows.annotate(Count("pk"), Min("heard_at")))
    kickoffs = Kickoff.objects.under_way().in_bulk([kickoff_id for kickoff_id, *_more in found])
    for kickoff_id, count, since in found:
        if kickoff_id not in kickoffs:
            continue
        for planner in planners:
            yield _unowned(planner, kickoffs[kickoff_id], count, since)


def _item(row: Insight) -> Waiting:
    is_open = row.state == State.OPEN
    day = row.due_date if is_open else row.act_by_date
    title = _("Answer: %(what)s") if is_open else _("Say that it is done: %(what)s")
    return Waiting(
        person_id=row.owner_id or 0,
        kind="insights.answer" if is_open else "insights.act",
        title=title % {"what": row.what},
        url=reverse("agenda:insights:page", args=[row.kickoff.slug, row.pk]),
        button=_("Answer") if is_open else _("Say it"),
        since=(row.given_at if is_open else row.answered_at) or row.heard_at,
        due_at=end_of(day, row.kickoff.zone) if day else None,
        day=day,
        place=place_of(row.kickoff),
    )


def _unowned(planner: Person, kickoff: Kickoff, count: int, since: datetime) -> Waiting:
    title = ngettext("Give %(count)d insight an owner", "Give %(count)d insights an owner", count)
    return Waiting(
        person_id=planner.pk,
        kind="insights.give",
        title=title % {"count": count},
        url=f"{reverse('agenda:insights:board', args=[kickoff.slug])}?state=NEW",
        button=_("Look"),
        since=since,
        place=place_of(kickoff),
        count=count,
    )
