"""A person makes some of what the bets suggest their own, and their manager agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.commitments.actions.notices import agreed
from events.commitments.actions.promising import Promise, promise
from events.commitments.actions.refusals import CommitmentRefused
from events.commitments.models import ActionPlan, Source
from events.commitments.rules import FEWEST, MOST
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell


@transaction.atomic
def adopt_plan(
    *, kickoff: Kickoff, chosen: Sequence[Promise], by: Person, at: datetime
) -> ActionPlan:
    """
    Make two to five actions a person's own, from the last day of the event on.

    :raises CommitmentRefused: the event still goes on, they are not on its roster or have a plan
        already, or they choose fewer than two or more than five
    """
    if not kickoff.attendees.filter(person=by).exists():
        raise CommitmentRefused(_("You are not on the roster of this kickoff."))
    if kickoff.local_date(at) < kickoff.ends_date:
        raise CommitmentRefused(_("You choose on the last day of the kickoff."))
    if not FEWEST <= len(chosen) <= MOST:
        raise CommitmentRefused(_("Choose two to five. Fewer change nothing, more are not kept."))
    try:
        with transaction.atomic():
            plan = ActionPlan.objects.create(kickoff=kickoff, person=by, adopted_at=at)
    except IntegrityError as error:
        raise CommitmentRefused(_("You have a plan already. Change it below.")) from error
    for said in chosen:
        source = Source.BET if said.bet else Source.OWN
        promise(kickoff=kickoff, person=by, source=source, said=said, by=by, at=at)
    record_entry(by=by, verb="plan.adopted", at=at, subject=by, object=plan, note=str(len(chosen)))
    return plan


@transaction.atomic
def agree_plan(*, plan: ActionPlan, by: Person, at: datetime) -> None:
    """
    The manager of a person agrees their plan, and the person is told. Twice is as once.

    :raises CommitmentRefused: they report to somebody else
    """
    if plan.person.manager_id != by.pk:
        raise CommitmentRefused(_("You can agree only the plans of your own reports."))
    waiting = ActionPlan.objects.filter(pk=plan.pk, agreed_at=None)
    if waiting.update(agreed_at=at, agreed_by=by):
        record_entry(by=by, verb="plan.agreed", at=at, subject=plan.person, object=plan)
        tell(drafts=[agreed(plan, by, at)], at=at)
