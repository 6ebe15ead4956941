"""The big bets of the demo company's kickoffs, with what people do about them and their readings."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from events.bets.models import BetReading, BigBet, SuggestedAction
from events.bets.rules import PLAN_DAYS, first_of_month
from events.kickoff.models import Kickoff
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company
from sko_planner.demo.programme import BETS


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Three bets for each kickoff; that whose 90 days run has readings of the months since."""
    for kickoff in (kickoffs.ended, kickoffs.today, kickoffs.ahead):
        bets = _bets(kickoff, company)
        if kickoff == kickoffs.ended:
            _readings(bets, kickoff, company, rng, now)


def _bets(kickoff: Kickoff, company: Company) -> list[BigBet]:
    bets = BigBet.objects.bulk_create(
        BigBet(
            kickoff=kickoff,
            position=position,
            title=bet.title,
            why=bet.why,
            metric=bet.metric,
            unit="%",
            baseline=bet.baseline,
            target=bet.target,
            owner=company[bet.owner],
        )
        for position, bet in enumerate(BETS, start=1)
    )
    until = kickoff.ends_date + timedelta(days=PLAN_DAYS)
    SuggestedAction.objects.bulk_create(
        SuggestedAction(
            bet=bet, cadence=cadence, role=role, words=words, done_when=done, by_date=until
        )
        for bet, told in zip(bets, BETS, strict=True)
        for cadence, role, words, done in told.actions
    )
    return bets


def _readings(
    bets: list[BigBet], kickoff: Kickoff, company: Company, rng: random.Random, now: datetime
) -> None:
    """Of the company, then of the region and the team of the demo's rep, a little apart."""
    rep = company["aicha"]
    today = kickoff.local_date(now)
    months: list[date] = []
    month = first_of_month(today)
    for _one in BETS[0].readings:
        months.insert(0, month)
        month = first_of_month(month - timedelta(days=1))
    rows = []
    for bet, told in zip(bets, BETS, strict=True):
        for at, value in zip(months, told.readings, strict=True):
            rows.append(_reading(bet, at, value, now))
            rows.append(_reading(bet, at, value + rng.randint(0, 4), now, region=rep.region))
            rows.append(_reading(bet, at, value + rng.randint(-3, 6), now, team=rep.team))
    BetReading.objects.bulk_create(rows)


def _reading(bet: BigBet, month: date, value: int, now: datetime, **of: Any) -> BetReading:
    return BetReading(
        bet=bet, month=month, value=Decimal(value), read_at=now, read_by=bet.owner, **of
    )
