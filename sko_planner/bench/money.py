"""A budget of 60 lines with two hotels, for the rows of money."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle

from events.budget import actions
from events.budget.actions import BlockDetails, Figures, RoleTime, Settings, Words
from events.budget.models import Basis, Category
from events.kickoff.models import Kickoff

LINES = 60


def seed(kickoff: Kickoff, now: datetime) -> None:
    """Sixty lines in every category and basis, each with a contract; every other one in euros."""
    by = kickoff.owner
    drivers = Settings(heads=5_000, reps=3_000, nights=3, rooms=40)
    budget = actions.begin_budget(kickoff=kickoff, settings=drivers, by=by, at=now)
    euro = actions.note_rate(
        budget=budget,
        currency="EUR",
        worth=Decimal("1.08"),
        as_of_date=now.date(),
        by=by,
        at=now,
    )
    bases, categories = cycle(Basis), cycle(Category)
    for number in range(LINES):
        is_foreign = bool(number % 2)
        actions.add_line(
            budget=budget,
            words=Words(category=next(categories), name=f"Line {number}"),
            figures=Figures(
                basis=next(bases),
                price=Decimal(10 + number),
                currency="EUR" if is_foreign else budget.currency,
                rate=euro if is_foreign else None,
                committed=Decimal(5),
                said=Decimal(9 * number),
            ),
            by=by,
            at=now,
        )
    actions.set_time(budget=budget, days=None, roles=[RoleTime("Reps", 3_000, 640)], by=by, at=now)
    for hotel in ("Tejo", "Ribeira"):
        details = BlockDetails(
            hotel=hotel,
            price=Decimal(195),
            share=Decimal("0.85"),
            cutoff_at=now + timedelta(days=7),
            nights=dict.fromkeys(kickoff.days, (2000, 1500)),
        )
        actions.save_block(budget=budget, details=details, by=by, at=now)
