"""How ready the kickoff to come was in the weeks before, and a check that is waived."""

import random
from datetime import datetime, timedelta

from events.readiness.actions import waive
from events.readiness.models import WeeklyScore
from events.readiness.queries import readiness_of
from events.readiness.rules import tuesday_of
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

WEEKS = 9
SLIP = 4  # weeks ago, when something that was met was so no more
WAIVED = "agenda.experiential"


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """What is met today was met one by one, the latest this week; one check slipped meanwhile."""
    kickoff = kickoffs.ahead
    judged = readiness_of(kickoff, now).judged
    since = {one.finding.check.key: rng.randint(1, WEEKS) for one in judged}
    slipped = rng.choice([key for key in since if since[key] > SLIP] or list(since))
    first = tuesday_of(kickoff.local_date(now)) - timedelta(weeks=WEEKS)
    rows = []
    for week in range(WEEKS):
        ago = WEEKS - week
        points = {
            one.finding.check.key: [
                one.earned
                if since[one.finding.check.key] >= ago
                and not (one.finding.check.key == slipped and ago == SLIP)
                else 0,
                one.finding.text,
            ]
            for one in judged
        }
        rows.append(
            WeeklyScore(
                kickoff=kickoff,
                week_date=first + timedelta(weeks=week),
                score=sum(held[0] for held in points.values()),
                points=points,
            )
        )
    WeeklyScore.objects.bulk_create(rows)
    asking = [one.finding.check.key for one in judged if one.asks]
    if asking:
        waive(
            kickoff=kickoff,
            key=WAIVED if WAIVED in asking else asking[-1],
            reason="The board decides on the last session on Friday week.",
            until=kickoff.local_date(now) + timedelta(days=9),
            by=company.enablement[0],
            at=now,
        )
