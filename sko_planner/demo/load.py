"""Load the demo company: people, kickoffs, then what each capability adds to them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from core.statistics import fresh_statistics
from people.notices.models import Notice
from sko_planner.demo import agenda as agenda_part
from sko_planner.demo import (
    bets,
    budget,
    changes,
    clinics,
    commitments,
    delivery,
    door,
    groups,
    guests,
    inquiries,
    insights,
    invitations,
    needs,
    panels,
    planning,
    prework,
    prework_kinds,
    quotas,
    readiness,
    records,
    reinforcement,
    reminders,
    rest,
    reviews,
    strategies,
    territories,
)
from sko_planner.demo import comp as comp_part
from sko_planner.demo import kickoffs as kickoff_part
from sko_planner.demo import packets as packets_part
from sko_planner.demo import people as people_part
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

PASSWORD = "cold chain unbroken"  # noqa: S105  (printed at each start of the demo)

Part = Callable[[Company, Kickoffs, random.Random, datetime], None]

# What the capabilities add, in order: a module of this package each, with
# `def load(company, kickoffs, rng, now)`
PARTS: tuple[Part, ...] = (
    rest.load,
    invitations.load,
    needs.load,
    guests.load,  # before the agenda, in which two of them speak
    bets.load,
    agenda_part.load,
    door.load,
    planning.load,
    budget.load,
    prework.load,
    territories.load,
    strategies.load,
    groups.load,  # with the deals that people wrote strategies for
    quotas.load,
    packets_part.load,
    comp_part.load,
    delivery.load,
    inquiries.load,
    reminders.load,
    records.load,
    reinforcement.load,
    prework_kinds.load,
    reviews.load,
    commitments.load,
    clinics.load,
    insights.load,
    panels.load,
    changes.load,
    readiness.load,  # last, as it looks at all of them
)


@dataclass(frozen=True, slots=True)
class Account:
    """One person to sign in as: what they show of the product, and their address."""

    shows: str
    handle: str
    email: str


ACCOUNTS = tuple(
    Account(shows, handle, f"{handle}@{people_part.DOMAIN}")
    for shows, handle in (
        ("Planner", "priya"),
        ("RevOps", "mateusz"),
        ("Rep", "aicha"),
        ("Manager", "soren"),
        ("Executive sponsor", "ngozi"),
        ("Finance approver", "declan"),
        ("Admin site", "hana"),
    )
)


@transaction.atomic
def load(
    people: int, seed: int, now: datetime, password: str = PASSWORD
) -> tuple[Company, Kickoffs]:
    """
    Fill an empty database with the demo company: the same for a size, a seed and a moment.

    Each part draws from a generator of its own, so that adding one changes no other.
    """
    with fresh_statistics():
        company = people_part.build(people, _generator(seed, "people"), now, password)
        kickoffs = kickoff_part.build(company, _generator(seed, "kickoffs"), now)
        for part in PARTS:
            part(company, kickoffs, _generator(seed, part.__module__), now)
        # What was told before yesterday has been read, and nobody is mailed of it again
        told = Notice.objects.filter(at__lt=now - timedelta(days=1))
        told.update(read_at=F("at"), waits_for_mail=False)
    return company, kickoffs


def _generator(seed: int, part: str) -> random.Random:
    return random.Random(f"{seed}:{part}")  # noqa: S311
