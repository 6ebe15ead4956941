"""What each person is held to: from the cascade, or by the rule for new hires."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.comp.rules.pay import title_key, title_keys
from events.packets.comp.rules.proration import share_of_days
from events.packets.quotas.models import NewHireRule, PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.queries.board import plan_of, rates_of
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.rules.making import Ramp, Year, make_quota, to_step
from events.packets.quotas.rules.quota import QuotaOffer
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class _Hire:
    pk: int
    job_title: str
    hire_date: date | None
    leave_date: date | None


@sensitive_variables()
def quotas_of(
    kickoff: Kickoff, person_ids: Collection[int], currencies: Mapping[int, str] | None = None
) -> dict[int, QuotaOffer]:
    """
    The quotas of some people, by person, whether the plan is locked or still a draft.

    Whoever joined after the cascade is answered by the rule for their job title; `currencies`
    says what those are paid in, and the plan's is taken where it does not. Absent are people
    without an amount and without a rule, and people who are there on no day of the plan year.
    Six queries at most, for any number of people.

    :raises Unreadable: no key opens a figure
    """
    plan = plan_of(kickoff)
    if plan is None or not person_ids:
        return {}
    offers = {}
    waiting = set(person_ids)
    year, ramp = plan.year, plan.ramp_profile
    for node in plan.nodes.filter(person__in=person_ids).select_related("rate__quoted", "person"):
        figures = node.read()
        if figures.amount is None:
            continue
        waiting.discard(node.person_id)
        if offer := _of_node(plan, node, figures, node.person, year, ramp):
            offers[node.person_id] = offer
    return offers | (_newcomers(plan, waiting, currencies or {}) if waiting else {})


def offer_of(
    plan: QuotaPlan, node: QuotaNode, figures: Figures, person: Person
) -> QuotaOffer | None:
    """What somebody of the cascade is held to; None without an amount or a day of the year."""
    return _of_node(plan, node, figures, person, plan.year, plan.ramp_profile)


@sensitive_variables()
def _of_node(
    plan: QuotaPlan,
    node: QuotaNode,
    figures: Figures,
    person: Person,
    year: Year,
    ramp: Ramp | None,
) -> QuotaOffer | None:
    if figures.amount is None:
        return None
    if len(figures.season) == len(year.spans) and sum(figures.season) > 0:
        year = year.shares_of(figures.season)
    hire = _Hire(person.pk, person.job_title, person.hire_date, person.leave_date)
    full_year = in_own_currency(figures.amount, node.rate)
    own_ramp = ramp if node.is_ramped else None
    code = node.rate.currency if node.rate else plan.currency
    unit = plan.unit_of(code, node.rate)
    return _offer(full_year, code, unit, year, hire, own_ramp)


def in_own_currency(amount: Decimal, rate: PlanRate | None) -> Decimal:
    """A plan amount at the plan's rate, in whole steps of that currency; None is the plan's own."""
    return amount if rate is None else to_step(amount * rate.rate, rate.step)


def newcomers_of(plan: QuotaPlan, person_ids: Collection[int]) -> dict[int, QuotaOffer]:
    """What the rules for new hires give people who have no amount. Four queries."""
    return _newcomers(plan, set(person_ids), {})


@sensitive_variables()
def _newcomers(
    plan: QuotaPlan, person_ids: set[int], currencies: Mapping[int, str]
) -> dict[int, QuotaOffer]:
    rules = {title_key(rule.job_title): rule for rule in plan.hire_rules.all()}
    hires = [
        _Hire(*row)
        for row in Person.objects.filter(pk__in=person_ids).values_list(
            "pk", "job_title", "hire_date", "leave_date"
        )
    ]
    rates = rates_of(plan)
    medians = _medians(plan, rules)
    year, plan_ramp = plan.year, plan.ramp_profile
    found = {}
    for hire in hires:
        rule = _rule_for(hire.job_title, rules)
        if rule is None:
            continue
        wanted = currencies.get(hire.pk, "")
        given = _full_year(plan, rule, wanted, rates, medians)
        if given is None:
            continue
        full_year, code = given
        ramp = rule.ramp_profile or plan_ramp
        unit = plan.unit_of(code, rates.get(code))
        offer = _offer(full_year, code, unit, year, hire, ramp, rule=rule.job_title)
        if offer:
            found[hire.pk] = offer
    return found


def _full_year(
    plan: QuotaPlan,
    rule: NewHireRule,
    wanted: str,
    rates: Mapping[str, PlanRate],
    medians: Mapping[int, Decimal],
) -> tuple[Decimal, str] | None:
    """The full year that a rule gives, and its currency."""
    if standards := rule.read():
        if wanted in standards:
            return standards[wanted], wanted
        code = plan.currency if plan.currency in standards else min(standards)
        # Another currency than theirs is no standard of theirs
        return (standards[code], code) if not wanted else None
    middle = medians.get(rule.pk)
    if middle is None or rule.share_of_median is None:
        return None
    amount = to_step(middle * rule.share_of_median, plan.step)
    if wanted and wanted != plan.currency:
        if wanted not in rates:
            return None
        return in_own_currency(amount, rates[wanted]), wanted
    return amount, plan.currency


def _medians(plan: QuotaPlan, rules: Mapping[str, NewHireRule]) -> dict[int, Decimal]:
    """The median amount of those in the cascade, for each rule that asks it."""
    amounts: dict[int, list[Decimal]] = {}
    for node in plan.nodes.select_related("person"):
        rule = _rule_for(node.person.job_title, rules)
        if rule is None or rule.share_of_median is None:
            continue
        if amount := node.read().amount:
            amounts.setdefault(rule.pk, []).append(amount)
    return {pk: Decimal(median(found)) for pk, found in amounts.items()}


def _rule_for(title: str, rules: Mapping[str, NewHireRule]) -> NewHireRule | None:
    """The rule of a title; “Mid-market AE, Lyon” is a mid-market AE if it has none of its own."""
    return next((rules[key] for key in title_keys(title) if key in rules), None)


def _offer(
    full_year: Decimal,
    code: str,
    unit: Decimal,
    year: Year,
    hire: _Hire,
    ramp: Ramp | None,
    rule: str = "",
) -> QuotaOffer | None:
    there = {"hired": hire.hire_date, "leaves": hire.leave_date}
    quota = make_quota(full_year, year, ramp=ramp, unit=unit, **there)
    if quota is None:
        return None
    share = share_of_days(
        year.starts,
        year.ends,
        present_from=hire.hire_date or year.starts,
        present_to=hire.leave_date or year.ends,
    )
    return QuotaOffer(quota, code, share, rule)
