"""The plan itself: its settings, its rates, the cascade, and whether it may still change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.quotas.models import PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.queries import board_of
from events.packets.quotas.rules.cascade import moves
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.rules.making import by_season
from events.rates.actions import note_rate
from people.accounts.models import Person
from people.activity.actions import record_entry

BATCH = 500


class QuotaRefused(Exception):
    """Nothing changed. The message is fit to show to RevOps, and never holds a figure."""


@dataclass(frozen=True, slots=True)
class Rate:
    """
    A plan rate as RevOps writes it: units of the currency for one of the plan's, and the day
    whose rate it is, or None for today.
    """

    currency: str
    rate: Decimal
    step: Decimal
    as_of_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanDetails:
    """
    What RevOps says of a plan. Shares are decimals (0.05 is 5%); `over` runs from the company
    down; an empty season is equal parts, an empty ramp none.
    """

    target: Decimal
    currency: str
    starts_date: date
    ends_date: date
    step: Decimal
    over: tuple[Decimal, ...]
    basis: str
    won_from_date: date
    won_to_date: date
    floor: Decimal
    season: str
    season_shares: tuple[Decimal, ...]
    ramp: str
    ramp_shares: tuple[Decimal, ...]
    rates: tuple[Rate, ...]
    rounding: str = QuotaPlan.Rounding.STEPS


@transaction.atomic
@sensitive_variables("details")
def create_plan(*, kickoff: Kickoff, details: PlanDetails, by: Person, at: datetime) -> QuotaPlan:
    """
    Begin the quota plan of a kickoff. Nobody has an amount before the first cascade.

    :raises QuotaRefused: there is one already, or the kickoff is archived
    """
    refuse_archived(kickoff)
    plan = QuotaPlan(kickoff=kickoff, changed_at=at, changed_by=by)
    _fill(plan, details)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as clash:
        raise QuotaRefused(_("This kickoff has a quota plan already.")) from clash
    _set_rates(plan, details.rates, at)
    record_entry(by=by, verb="quotas.planned", at=at, object=plan)
    return plan


@transaction.atomic
@sensitive_variables("details")
def update_plan(
    *, plan_id: int, details: PlanDetails, seen: int, by: Person, at: datetime
) -> QuotaPlan:
    """
    Change a plan's settings. Amounts stay until the next cascade.

    :raises QuotaRefused: the plan changed since version `seen`, is locked, or a rate is left out
        that somebody's quota needs
    """
    plan = claim(plan_id=plan_id, seen=seen, by=by, at=at)
    _fill(plan, details)
    plan.save()
    _set_rates(plan, details.rates, at)
    record_entry(by=by, verb="quotas.plan_changed", at=at, object=plan)
    return plan


@transaction.atomic
@sensitive_variables()
def cascade_plan(*, plan_id: int, seen: int, by: Person, at: datetime) -> int:
    """
    Hand the company target down the tree anew; return how many amounts changed.

    What is pinned stays. `seen` is the version that the preview was made from, so that nothing
    is overwritten that came after it.

    :raises QuotaRefused: the plan changed since, is locked, or nobody is in the tree
    """
    plan = claim(plan_id=plan_id, seen=seen, by=by, at=at)
    board = board_of(plan)
    if not board.tree:
        raise QuotaRefused(_("There is no rep on the roster to give a quota to."))
    before = {one: board.figures.get(one, Figures()).amount for one in board.tree.walk()}
    changed, new = [], []
    for move in moves(before, board.fresh()):
        node = board.nodes.get(move.person_id)
        if node is None:
            node = QuotaNode(plan=plan, person_id=move.person_id)
            new.append(node)
        else:
            node.version += 1
            changed.append(node)
        write_amount(node, board.figures.get(move.person_id, Figures()), move.after)
        node.changed_at = at
    QuotaNode.objects.bulk_create(new, batch_size=BATCH)
    QuotaNode.objects.bulk_update(changed, ["sealed", "version", "changed_at"], batch_size=BATCH)
    QuotaPlan.objects.filter(pk=plan.pk).update(cascaded_at=at)
    count = len(new) + len(changed)
    record_entry(by=by, verb="quotas.cascaded", at=at, object=plan, note=str(count))
    return count


@transaction.atomic
def lock_plan(*, plan_id: int, by: Person, at: datetime) -> None:
    """
    Let nothing of a plan change until it is unlocked. Locking twice locks once.

    :raises QuotaRefused: somebody has no quota yet
    """
    plan = QuotaPlan.objects.get(pk=plan_id)
    board = board_of(plan)
    missing = sum(not board.amounts.get(rep) for rep in board.reps)
    if missing or not board.reps:
        raise QuotaRefused(
            ngettext(
                "%(count)d rep has no quota yet. Cascade first.",
                "%(count)d reps have no quota yet. Cascade first.",
                missing,
            )
            % {"count": missing}
        )
    _switch(plan_id, QuotaPlan.Status.DRAFT, QuotaPlan.Status.LOCKED, by, at)


@transaction.atomic
def unlock_plan(*, plan_id: int, by: Person, at: datetime) -> None:
    """Let a locked plan change again. What packets were drafted from it stays as it is."""
    _switch(plan_id, QuotaPlan.Status.LOCKED, QuotaPlan.Status.DRAFT, by, at)


def claim(*, plan_id: int, by: Person, at: datetime, seen: int | None = None) -> QuotaPlan:
    """
    Take the right to change a plan in this transaction; the UPDATE decides who is first.

    :raises QuotaRefused: it is locked, archived, or no longer at version `seen`
    """
    rows = QuotaPlan.objects.filter(pk=plan_id, status=QuotaPlan.Status.DRAFT)
    if seen is not None:
        rows = rows.filter(version=seen)
    done = rows.update(version=F("version") + 1, changed_at=at, changed_by=by)
    plan = QuotaPlan.objects.select_related("kickoff").get(pk=plan_id)
    refuse_archived(plan.kickoff)
    if not done:
        if plan.is_locked:
            raise QuotaRefused(_("The plan is locked. Unlock it to change anything."))
        raise QuotaRefused(
            _("The plan was changed meanwhile. Look at what it says now, then do this again.")
        )
    return plan


def refuse_archived(kickoff: Kickoff) -> None:
    """:raises QuotaRefused: the kickoff is archived"""
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise QuotaRefused(_("This kickoff is archived; its quotas stay as they are."))


@sensitive_variables()
def write_amount(node: QuotaNode, figures: Figures, amount: Decimal | None) -> None:
    """Seal another amount; all else that shapes it stays. Periods of one's own grow with it."""
    season = figures.season
    if season and figures.amount != amount:
        season = scaled(season, amount)
    node.write(Figures(amount, figures.weight, season, figures.reason))


@sensitive_variables()
def scaled(season: Sequence[Decimal], amount: Decimal | None) -> tuple[Decimal, ...]:
    """Own periods for another amount, in the same proportions."""
    if amount is None or sum(season) <= 0:
        return ()
    return tuple(by_season(amount, season))


def _switch(plan_id: int, before: str, after: str, by: Person, at: datetime) -> None:
    rows = QuotaPlan.objects.filter(pk=plan_id, status=before)
    if rows.update(status=after, version=F("version") + 1, changed_at=at, changed_by=by):
        plan = QuotaPlan.objects.get(pk=plan_id)
        record_entry(by=by, verb=f"quotas.{after.lower()}", at=at, object=plan)


def _fill(plan: QuotaPlan, details: PlanDetails) -> None:
    plan.write_target(details.target)
    plan.currency = details.currency
    plan.starts_date, plan.ends_date = details.starts_date, details.ends_date
    plan.step, plan.rounding = details.step, details.rounding
    plan.over_assignment = [str(share) for share in details.over]
    plan.basis = details.basis
    plan.won_from_date, plan.won_to_date = details.won_from_date, details.won_to_date
    plan.floor = details.floor
    plan.season, plan.season_shares = details.season, [str(one) for one in details.season_shares]
    plan.ramp, plan.ramp_shares = details.ramp, [str(one) for one in details.ramp_shares]


def _set_rates(plan: QuotaPlan, wanted: Sequence[Rate], at: datetime) -> None:
    """
    Make the plan's rates those that are wanted; one without a day is of the day it is set on.

    :raises QuotaRefused: one is left out that somebody's quota needs
    """
    there = {rate.currency: rate for rate in plan.rates.all()}
    for rate in wanted:
        known = there.pop(rate.currency, None)
        as_of_date = rate.as_of_date
        if as_of_date is None:
            is_same = known is not None and known.rate == rate.rate
            as_of_date = known.as_of_date if known and is_same else plan.kickoff.local_date(at)
        quoted = note_rate(
            kickoff=plan.kickoff,
            base=plan.currency,
            currency=rate.currency,
            bought=rate.rate,
            as_of_date=as_of_date,
        )
        PlanRate.objects.update_or_create(
            plan=plan, currency=rate.currency, defaults={"quoted": quoted, "step": rate.step}
        )
    for left_out in there.values():
        try:
            left_out.delete()
        except ProtectedError as used:
            raise QuotaRefused(
                _("Somebody's quota is in %(currency)s: its rate has to stay.")
                % {"currency": left_out.currency}
            ) from used
