from datetime import UTC, datetime
from decimal import Decimal as D

from events.budget import actions
from events.budget.actions import Figures, Settings, Words
from events.budget.models import BudgetOwner
from events.tests.factories import KickoffFactory
from people.tests.factories import PlannerFactory

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)


def make_budget(kickoff=None, **changes):
    """A budget of 160 guests, 96 of them reps, 3 nights, 8 rooms, that nobody is named for."""
    kickoff = kickoff or KickoffFactory(owner=PlannerFactory())
    said = {"heads": 160, "reps": 96, "nights": 3, "rooms": 8} | changes
    return actions.begin_budget(
        kickoff=kickoff, settings=Settings(**said), by=kickoff.owner, at=MONDAY
    )


def figures(price=31_000, **changes):
    return Figures(
        **{"basis": "EVENT", "price": D(price), "currency": "USD"}
        | {
            name: D(value) if isinstance(value, int) and name != "own_count" else value
            for name, value in changes.items()
        }
    )


def make_line(budget, name="Stage, sound and light", category="AV", **said):
    """A line that stands."""
    return actions.add_line(
        budget=budget,
        words=Words(category=category, name=name),
        figures=figures(**said),
        by=budget.kickoff.owner,
        at=MONDAY,
    )


def let_own(budget, limit, person=None):
    person = person or PlannerFactory()
    BudgetOwner.objects.create(
        budget=budget, person=person, limit=None if limit is None else D(limit)
    )
    return person


def revise(line, by, reason="The wall grew", **said):
    line.refresh_from_db()
    return actions.revise_line(
        line_id=line.pk,
        figures=figures(**said),
        reason=reason,
        seen=line.version,
        by=by,
        at=TUESDAY,
    )
