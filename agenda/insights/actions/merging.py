"""Put together what says the same, and take it apart again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.actions.telling import catch_up
from agenda.insights.models import Insight, State
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def merge(*, insight: Insight, into: Insight, by: Person, at: datetime) -> Insight:
    """
    Put an insight, with what was put together with it, to another one; return that one's head.

    Who was in its rooms is told what the others were told already. Twice is as once.

    :raises InsightRefused: it is the same one, of another kickoff, or somebody answers for it already
    """
    both = Insight.objects.select_for_update().filter(pk__in=[insight.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in both}
    row, head = rows[insight.pk], rows[into.pk]
    head = head.merged_into or head
    if row.merged_into_id == head.pk and head.pk != row.pk:
        return head
    if row.pk == head.pk or row.kickoff_id != head.kickoff_id:
        raise InsightRefused(_("Choose another insight of this kickoff."))
    merged = {"merged_into": head, "merged_by": by, "merged_at": at}
    # Two planners at once: the first one's word counts
    fresh = Insight.objects.filter(pk=row.pk, merged_into=None, state=State.NEW)
    if not fresh.update(**merged, came_with=None):
        raise InsightRefused(
            _("“%(what)s” has an owner already. Put the other one to it instead.")
            % {"what": row.what}
        )
    Insight.objects.filter(merged_into=row).update(merged_into=head, came_with=row)
    catch_up(head, at)
    record_entry(by=by, verb="insight.merged", at=at, object=row, note=head.what)
    return head


@transaction.atomic
def take_apart(*, insight: Insight, by: Person, at: datetime) -> None:
    """Let an insight stand for itself again, with those that came with it. Twice is as once."""
    row = Insight.objects.select_for_update().get(pk=insight.pk)
    if row.merged_into_id is None:
        return
    Insight.objects.filter(merged_into=row.merged_into_id, came_with=row).update(
        merged_into=row, came_with=None
    )
    Insight.objects.filter(pk=row.pk).update(
        merged_into=None, merged_by=None, merged_at=None, came_with=None
    )
    record_entry(by=by, verb="insight.parted", at=at, object=row)
