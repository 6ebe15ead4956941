"""Rules for those who join after the cascade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.quotas.actions.planning import QuotaRefused, claim
from events.packets.quotas.models import NewHireRule, QuotaPlan
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RuleDetails:
    """
    What RevOps says of a job title: a standard full year by currency, or a share of the median of
    the peers; an empty ramp is the plan's own.
    """

    job_title: str
    standards: Mapping[str, Decimal] = field(default_factory=dict)
    share_of_median: Decimal | None = None
    ramp: str = QuotaPlan.Season.QUARTERS
    ramp_shares: tuple[Decimal, ...] = ()


@transaction.atomic
@sensitive_variables("details")
def save_rule(
    *, plan_id: int, details: RuleDetails, by: Person, at: datetime, rule_id: int | None = None
) -> NewHireRule:
    """
    Add a rule for a job title, or change one.

    :raises QuotaRefused: the title has a rule already, the rule gives nothing or two things, or
        the plan is locked
    """
    plan = claim(plan_id=plan_id, by=by, at=at)
    if bool(details.standards) == (details.share_of_median is not None):
        raise QuotaRefused(_("Give either standard quotas or a share of the median, not both."))
    rule = plan.hire_rules.get(pk=rule_id) if rule_id else NewHireRule(plan=plan)
    rule.job_title = details.job_title
    rule.share_of_median = details.share_of_median
    rule.ramp, rule.ramp_shares = details.ramp, [str(one) for one in details.ramp_shares]
    rule.write(dict(details.standards))
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as clash:
        raise QuotaRefused(_("This job title has a rule already.")) from clash
    record_entry(by=by, verb="quotas.rule_saved", at=at, object=plan, note=rule.job_title)
    return rule


@transaction.atomic
def remove_rule(*, plan_id: int, rule_id: int, by: Person, at: datetime) -> None:
    """
    Take a rule away; newcomers of this title get no quota then.

    :raises QuotaRefused: the plan is locked
    """
    plan = claim(plan_id=plan_id, by=by, at=at)
    for rule in plan.hire_rules.filter(pk=rule_id):
        record_entry(by=by, verb="quotas.rule_removed", at=at, object=plan, note=rule.job_title)
        rule.delete()
