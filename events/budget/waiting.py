from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.guards.watching import Watch
from core.ui.figures import money
from events.budget.models import BudgetOwner, Revision, RoomBlock
from events.budget.rules.block import Night, pickup_of
from events.budget.rules.lines import whole
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import LONGEST, Waiting

AHEAD = timedelta(days=21)  # a cut-off waits from so long before

# Whom a line concerns: owners of its budget, who wrote it, who owns its kickoff; and so of a budget
_OF_LINE = (
    "SELECT owner.person_id FROM events_budgetowner owner"
    " JOIN events_budgetline line ON line.budget_id = owner.budget_id WHERE line.id = {row}.%s",
    "SELECT made_by_id FROM events_revision WHERE line_id = {row}.%s",
    "SELECT kickoff.owner_id FROM events_kickoff kickoff"
    " JOIN events_budget budget ON budget.kickoff_id = kickoff.id"
    " JOIN events_budgetline line ON line.budget_id = budget.id WHERE line.id = {row}.%s",
)
_OF_BUDGET = (
    "SELECT person_id FROM events_budgetowner WHERE budget_id = {row}.%s",
    "SELECT kickoff.owner_id FROM events_kickoff kickoff"
    " JOIN events_budget budget ON budget.kickoff_id = kickoff.id WHERE budget.id = {row}.%s",
)
WATCHED = (
    *(Watch("events_revision", whose % "line_id") for whose in _OF_LINE),
    *(Watch("events_budgetline", whose % "id") for whose in _OF_LINE),
    # Who may approve so much decides for whom else it waits
    *(Watch("events_budgetowner", whose % "budget_id") for whose in _OF_BUDGET),
    Watch("events_budgetowner", "{row}.person_id"),
    *(Watch("events_budget", whose % "id") for whose in _OF_BUDGET),
    *(Watch("events_roomblock", whose % "budget_id") for whose in _OF_BUDGET),
    Watch(
        "events_blocknight",
        "SELECT kickoff.owner_id FROM events_kickoff kickoff"
        " JOIN events_budget budget ON budget.kickoff_id = kickoff.id"
        " JOIN events_roomblock block ON block.budget_id = budget.id"
        " WHERE block.id = {row}.block_id",
    ),
    Watch("events_kickoff", "{row}.owner_id"),
    Watch(
        "events_kickoff",
        "SELECT owner.person_id FROM events_budgetowner owner"
        " JOIN events_budget budget ON budget.id = owner.budget_id"
        " WHERE budget.kickoff_id = {row}.id",
    ),
    Watch(
        "events_kickoff",
        "SELECT revision.made_by_id FROM events_revision revision"
        " JOIN events_budgetline line ON line.id = revision.line_id"
        " JOIN events_budget budget ON budget.id = line.budget_id"
        " WHERE budget.kickoff_id = {row}.id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    What asks for more than somebody may approve, for each owner whose limit is enough, for whoever
    owns the kickoff where none is; variances that nobody explained and what was sent back, for whoever wrote it; room
    blocks that are not taken up, for whoever owns the kickoff, before the cut-off. Two queries.
    """
    known = {person.pk for person in people}
    yield from _revisions(known)
    yield from _blocks(known, at)


def _revisions(known: set[int]) -> Iterator[Waiting]:
    enough = Q(limit=None) | Q(limit__gte=OuterRef("asks"))
    owners = BudgetOwner.objects.filter(enough, budget=OuterRef("line__budget"))
    later = Revision.objects.filter(line=OuterRef("line"), number__gt=OuterRef("number"))
    # Who wrote it and may no longer is not led to a page that is not there
    maker = Q(made_by__in=known) & (Q(made_by__role=Person.Role.PLANNER) | Q(still_owns=True))
    waits = Q(state=Revision.State.WAITING)
    stands = Q(line__current=F("pk"))
    owner = Q(owner_id__in=known) & (Q(owner_limit=None) | Q(owner_limit__gte=F("asks")))
    # Any, since the annotations are no fields of the model
    found: Any = (
        Revision.objects.annotate(
            owner_id=F("line__budget__owners__person"),
            owner_limit=F("line__budget__owners__limit"),
            has_owner=Exists(owners),
            has_later=Exists(later),
            still_owns=Exists(
                BudgetOwner.objects.filter(
                    budget=OuterRef("line__budget"), person=OuterRef("made_by")
                )
            ),
        )
        .filter(
            (waits & owner)
            | (waits & Q(has_owner=False, line__budget__kickoff__owner__in=known))
            | (stands & maker & Q(lacks_reason=True))
            | (maker & Q(state=Revision.State.REFUSED, has_later=False))
        )
        .exclude(line__budget__kickoff__status=Kickoff.Status.ARCHIVED)
        .select_related("line__budget__kickoff")
        .order_by("pk")
    )
    told = set()
    for revision in found:
        for item in _items(revision, known):
            key = (item.person_id, item.kind, revision.pk)
            if key not in told:
                told.add(key)
                yield item


def _items(revision: Any, known: set[int]) -> Iterator[Waiting]:
    kickoff = revision.line.budget.kickoff
    said = {"line": revision.line.name}
    shared: dict[str, Any] = {
        "url": reverse("events:budget:line", args=[kickoff.slug, revision.line_id]),
        "since": revision.made_at,
        "place": place_of(kickoff),
        "is_private": True,
    }
    if revision.state == Revision.State.WAITING:
        asks = money(whole(revision.asks), revision.line.budget.currency)
        if revision.has_owner:
            yield Waiting(
                person_id=revision.owner_id,
                kind="budget.approve",
                title=_("Approve %(money)s for %(line)s") % {**said, "money": asks},
                **shared,
            )
        elif kickoff.owner_id in known:
            yield Waiting(
                person_id=kickoff.owner_id,
                kind="budget.name",
                title=_("Name somebody who may approve %(money)s") % {"money": asks},
                note=revision.line.name,
                **(shared | {"url": reverse("events:budget:settings", args=[kickoff.slug])}),
            )
    elif revision.made_by_id in known and revision.state == Revision.State.REFUSED:
        yield Waiting(
            person_id=revision.made_by_id,
            kind="budget.back",
            title=_("Look at %(line)s again: it was sent back") % said,
            note=revision.answer,
            **(shared | {"since": revision.decided_at}),
        )
    elif revision.made_by_id in known:
        yield Waiting(
            person_id=revision.made_by_id,
            kind="budget.why",
            title=_("Say why %(line)s is off its plan") % said,
            **shared,
        )


def _blocks(known: set[int], at: datetime) -> Iterator[Waiting]:
    # Any, since the sums are no fields of the model
    blocks: Any = (
        RoomBlock.objects.filter(
            budget__kickoff__owner__in=known, cutoff_at__gt=at, cutoff_at__lte=at + AHEAD + LONGEST
        )
        .exclude(budget__kickoff__status=Kickoff.Status.ARCHIVED)
        .annotate(contracted=Sum("nights__contracted"), reserved=Sum("nights__reserved"))
        .select_related("budget__kickoff")
    )
    for block in blocks:
        nights = [Night(block.contracted or 0, block.reserved or 0)]
        pickup, kickoff = pickup_of(nights, block.share, block.price), block.budget.kickoff
        if not pickup.lacking:
            continue
        said = ngettext("%(count)d night", "%(count)d nights", pickup.lacking)
        title = _("Fill or give back %(nights)s at %(hotel)s") % {
            "nights": said % {"count": pickup.lacking},
            "hotel": block.hotel,
        }
        yield Waiting(
            person_id=kickoff.owner_id,
            kind="budget.cutoff",
            title=title,
            url=reverse("events:budget:page", args=[kickoff.slug]) + "#block",
            note=_("the hotel charges %(fee)s") % {"fee": money(pickup.fee, block.budget.currency)},
            since=block.cutoff_at - AHEAD,
            begins_at=block.cutoff_at - AHEAD,
            due_at=block.cutoff_at,
            until=block.cutoff_at,
            place=place_of(kickoff),
            is_private=True,
        )
