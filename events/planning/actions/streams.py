"""What a timeline's tasks share: workstreams with their owners, and when the comp plan takes effect."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.actions.refusals import PlanningRefused, refuse_archived
from events.planning.actions.settling import settle
from events.planning.models import (
    PlanningTask,
    Workstream,
    WorkstreamOwner,
    workstream_name,
)
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def name_owner(
    *,
    kickoff: Kickoff,
    workstream: str,
    owner: Person | None,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Name who answers for a workstream, or nobody; nothing happens if they do already.

    `seen` is the id of whom `by` saw there, 0 for nobody.

    :raises PlanningRefused: there is no such workstream; somebody else named another since; or the
        kickoff is archived
    """
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    if workstream not in {*Workstream.values, *plan.owners}:
        raise PlanningRefused(_("There is no such workstream."))
    named = WorkstreamOwner.objects.filter(kickoff=kickoff, workstream=workstream)
    there = named.select_for_update(of=("self",)).select_related("person").first()
    held = there.person if there else None
    if held == owner:
        return
    if seen is not None and seen != (held.pk if held else 0):
        raise PlanningRefused(
            _("%(workstream)s was given to %(name)s meanwhile. Look at it, and save again.")
            % {
                "workstream": workstream_name(workstream),
                "name": held.full_name if held else _("nobody"),
            }
        )
    if owner is None and workstream in Workstream:
        named.delete()
    else:
        WorkstreamOwner.objects.update_or_create(
            kickoff=kickoff, workstream=workstream, defaults={"person": owner}
        )
    record_entry(by=by, verb="workstream.owner", at=at, subject=owner, note=workstream)
    # Holidays of the new owner count from now on
    settle(queries.plan_of(kickoff, to_change=True), by, at)


@transaction.atomic
def add_workstream(*, kickoff: Kickoff, name: str, by: Person, at: datetime) -> None:
    """
    Give a kickoff one more workstream, which nobody owns yet.

    :raises PlanningRefused: it has one of that name, or the kickoff is archived
    """
    refuse_archived(kickoff)
    queries.plan_of(kickoff, to_change=True)
    name = " ".join(name.split())
    known = queries.workstreams_of(kickoff)
    if name.casefold() in {said.casefold() for stream in known for said in stream}:
        raise PlanningRefused(_("There is a workstream of that name already."))
    WorkstreamOwner.objects.create(kickoff=kickoff, workstream=name)
    record_entry(by=by, verb="workstream.added", at=at, object=kickoff, note=name)


@transaction.atomic
def remove_workstream(*, kickoff: Kickoff, workstream: str, by: Person, at: datetime) -> None:
    """
    Take away a workstream that was added.

    :raises PlanningRefused: it has tasks; it is one of those that each kickoff has; or the kickoff
        is archived
    """
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    if workstream in Workstream or workstream not in plan.owners:
        raise PlanningRefused(_("There is no such workstream."))
    if any(task.workstream == workstream for task in plan.tasks.values()):
        raise PlanningRefused(_("Give its tasks to another workstream first."))
    WorkstreamOwner.objects.filter(kickoff=kickoff, workstream=workstream).delete()
    record_entry(by=by, verb="workstream.removed", at=at, object=kickoff, note=workstream)


@transaction.atomic
def set_plan_date(
    *, kickoff: Kickoff, plan_date: date | None, by: Person, at: datetime
) -> list[PlanningTask]:
    """
    Say when the comp plan takes effect. Tasks that count from it move, and are returned.

    :raises PlanningRefused: tasks count from it and it would be empty; or the kickoff is archived
    """
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    if plan.timeline.plan_date == plan_date:
        return []
    plan.timeline.plan_date = plan_date
    moved = settle(plan, by, at)
    plan.timeline.save()
    note = plan_date.isoformat() if plan_date else ""
    record_entry(by=by, verb="timeline.plan_date", at=at, object=kickoff, note=note)
    return moved
