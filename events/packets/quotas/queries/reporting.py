"""The plan's currency and rates, for whoever adds up over currencies. No figure of anybody."""

from __future__ import annotations

from events.kickoff.models import Kickoff
from events.packets.comp.rules.payout import decimal_from, plain
from events.packets.quotas.queries.board import plan_of, rates_of
from events.rates.rules import Rate, Reporting


def reporting_of(kickoff: Kickoff) -> Reporting | None:
    """The currency of a kickoff's quota plan, with its rates; None without a plan. Two queries."""
    plan = plan_of(kickoff)
    if plan is None:
        return None
    # Without the zeros that the database pads with
    rates = {
        one.currency: Rate(decimal_from(plain(one.rate)), one.as_of_date)
        for one in rates_of(plan).values()
    }
    return Reporting(plan.currency, rates)
