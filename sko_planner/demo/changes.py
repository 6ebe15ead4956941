"""What waits for RevOps before it opens anything: a few people with a new manager, one address."""

import random
from datetime import datetime, timedelta

from people.accounts.actions import update_person
from people.org.actions import Move, move_people, set_manager
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import DOMAIN, Company


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Three from an import of the next kickoff's roster, one by hand, and a new name's address."""
    named = set(company.by_handle.values())
    teams = [
        (manager, reps)
        for manager in company.managers
        if manager not in named
        and len(reps := [one for one in company.reports_of(manager) if one not in named]) > 3
    ]
    (first, moving), (second, others), *_rest = teams
    move_people(
        moves=[Move(person, second) for person in rng.sample(moving, 3)],
        by=company.planner,
        at=now - timedelta(hours=20),
        source=kickoffs.ahead.name,
    )
    set_manager(
        person=rng.choice(others), manager=first, by=company.planner, at=now - timedelta(hours=3)
    )
    married = rng.choice(others)
    update_person(
        person=married,
        email=f"{married.email.partition('@')[0]}.new@{DOMAIN}",
        by=company.planner,
        at=now - timedelta(hours=2),
    )
