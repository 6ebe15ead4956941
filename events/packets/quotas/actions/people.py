"""One person's quota: set by hand, given back to the cascade, in another currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.quotas.actions.planning import BATCH, QuotaRefused, claim, write_amount
from events.packets.quotas.models import QuotaNode
from events.packets.quotas.queries import rates_of
from events.packets.quotas.rules.figures import Figures
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonDetails:
    """What RevOps says of one person's quota; `rate_id` is None for the plan's currency."""

    rate_id: int | None = None
    weight: Decimal = Decimal(1)
    reason: str = ""
    is_ramped: bool = True


@transaction.atomic
@sensitive_variables("amount", "figures")
def set_quota(
    *, plan_id: int, person_id: int, amount: Decimal, seen: int, by: Person, at: datetime
) -> QuotaNode:
    """
    Give somebody an amount by hand, in the plan's currency; from then on cascades leave it.

    `seen` is the version of the person's quota that this was decided on, 0 where there was none.
    The amounts of others stay: what their manager hands out changes with it.

    :raises QuotaRefused: it changed since, the plan is locked, or the amount is negative
    """
    if amount < 0:
        raise QuotaRefused(_("A quota is never negative."))
    node = _claim_node(plan_id, person_id, seen, by, at)
    figures = node.read() if node.sealed else Figures()
    write_amount(node, figures, amount)
    node.is_pinned = True
    _save(node, seen)
    _record(node, "quota.changed", by, at)
    return node


@transaction.atomic
def unpin_quota(*, plan_id: int, person_id: int, seen: int, by: Person, at: datetime) -> QuotaNode:
    """
    Give an amount back to the cascade: it stays until the next one, which may change it.

    :raises QuotaRefused: it changed since, or the plan is locked
    """
    node = _claim_node(plan_id, person_id, seen, by, at)
    node.is_pinned = False
    if not node.sealed:
        node.write(Figures())
    _save(node, seen)
    _record(node, "quota.unpinned", by, at)
    return node


@transaction.atomic
@sensitive_variables("details", "figures")
def change_person(
    *, plan_id: int, person_id: int, details: PersonDetails, seen: int, by: Person, at: datetime
) -> QuotaNode:
    """
    Change what shapes somebody's quota beside the amount.

    :raises QuotaRefused: it changed since, the plan is locked, or it has no such rate
    """
    node = _claim_node(plan_id, person_id, seen, by, at)
    plan_rates = set(node.plan.rates.values_list("pk", flat=True))
    if details.rate_id is not None and details.rate_id not in plan_rates:
        raise QuotaRefused(_("The plan has no rate for this currency."))
    figures = node.read() if node.sealed else Figures()
    node.write(replace(figures, weight=details.weight, reason=details.reason))
    node.rate_id = details.rate_id
    node.is_ramped = details.is_ramped
    _save(node, seen)
    _record(node, "quota.shaped", by, at)
    return node


@transaction.atomic
def sync_currencies(
    *, plan_id: int, currencies: Mapping[int, str], by: Person, at: datetime
) -> dict[int, str]:
    """
    Take over what people are paid in; return those whose currency the plan has no rate for.

    The plan's amounts stay: only what each is told in changes. People without a quota are passed
    over.

    :raises QuotaRefused: the plan is locked
    """
    plan = claim(plan_id=plan_id, by=by, at=at)
    rates = rates_of(plan)
    changed, without = [], {}
    for node in plan.nodes.filter(person__in=currencies):
        code = currencies[node.person_id]
        rate = rates.get(code)
        if rate is None and code != plan.currency:
            without[node.person_id] = code
        elif node.rate_id != (rate.pk if rate else None):
            node.rate = rate
            node.version += 1
            node.changed_at = at
            changed.append(node)
    if changed:
        QuotaNode.objects.bulk_update(changed, ["rate", "version", "changed_at"], batch_size=BATCH)
        record_entry(
            by=by, verb="quotas.currencies_synced", at=at, object=plan, note=str(len(changed))
        )
    return without


def _claim_node(plan_id: int, person_id: int, seen: int, by: Person, at: datetime) -> QuotaNode:
    """
    The person's quota, to be changed: a new one where they have none.

    The plan's row is claimed first, so that a cascade and an edit follow each other.

    :raises QuotaRefused: the plan is locked, or the quota is no longer at version `seen`
    """
    plan = claim(plan_id=plan_id, by=by, at=at)
    node = plan.nodes.filter(person=person_id).first()
    if (node.version if node else 0) != seen:
        raise QuotaRefused(
            _("This quota was changed meanwhile. It is shown as it is now: change it again.")
        )
    if node is None:
        node = QuotaNode(plan=plan, person_id=person_id, version=0)
    node.plan = plan
    node.changed_at = at
    return node


def _save(node: QuotaNode, seen: int) -> None:
    node.version = seen + 1
    if node.pk is None:
        node.save(force_insert=True)
    else:
        node.save(
            update_fields=["sealed", "is_pinned", "is_ramped", "rate", "version", "changed_at"]
        )


def _record(node: QuotaNode, verb: str, by: Person, at: datetime) -> None:
    record_entry(by=by, verb=verb, at=at, subject=node.person, object=node.plan)
