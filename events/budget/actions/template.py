"""The lines that every kickoff of the template has, to be priced."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from events.budget.actions.lines import Figures, Words, add_line
from events.budget.actions.settings import Settings, begin_budget
from events.budget.models import Basis, Category
from events.budget.queries import suggested_drivers
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def suggest_budget(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Give a new kickoff a budget with the lines that are usual, each without a price. A virtual one
    has no hotel, no travel and no evenings.
    """
    found = suggested_drivers(kickoff, at)
    drivers = Settings(
        heads=found["heads"], reps=found["reps"], nights=found["nights"], rooms=found["rooms"]
    )
    budget = begin_budget(kickoff=kickoff, settings=drivers, by=by, at=at)
    is_virtual = kickoff.format == Kickoff.Format.VIRTUAL
    for category, basis, name in _usual():
        if is_virtual and category not in (Category.AV, Category.PEOPLE, Category.GIFTS):
            continue
        add_line(
            budget=budget,
            words=Words(category=category, name=name),
            figures=Figures(basis=basis, price=Decimal(0), currency=budget.currency),
            by=by,
            at=at,
        )


def _usual() -> list[tuple[Category, Basis, str]]:
    return [
        (Category.ROOMS, Basis.HEAD_NIGHT, _("Hotel rooms")),
        (Category.FOOD, Basis.HEAD_DAY, _("Meals and coffee")),
        (Category.EVENINGS, Basis.HEAD, _("Reception")),
        (Category.EVENINGS, Basis.HEAD, _("Gala dinner")),
        (Category.AV, Basis.EVENT, _("Main stage: sound, light, screens")),
        (Category.AV, Basis.ROOM_DAY, _("AV in breakout rooms")),
        (Category.AV, Basis.DAY, _("Production crew")),
        (Category.VENUE, Basis.DAY, _("Venue hire")),
        (Category.PEOPLE, Basis.EVENT, _("Facilitators")),
        (Category.PEOPLE, Basis.EVENT, _("Host of the main stage")),
        (Category.PEOPLE, Basis.DAY, _("Photo and film")),
        (Category.MATERIALS, Basis.HEAD, _("Activities and session materials")),
        (Category.GIFTS, Basis.HEAD, _("Gifts and awards")),
        (Category.GIFTS, Basis.EVENT, _("Signs and print")),
        (Category.TRAVEL, Basis.HEAD, _("Flights and trains")),
        (Category.TRAVEL, Basis.EVENT, _("Transfers")),
    ]
