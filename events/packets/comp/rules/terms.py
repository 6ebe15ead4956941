"""
The terms of a comp plan, by edition. An edition that a packet was released with never changes.

The text is a default for a company's counsel to replace; it is not legal advice.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CURRENT = "2027.1"


@dataclass(frozen=True, slots=True)
class Clause:
    """One heading and its paragraph."""

    title: str | Promise
    text: str | Promise


EDITIONS: dict[str, tuple[Clause, ...]] = {
    "2027.1": (
        Clause(
            _("When it is earned"),
            _(
                "Variable pay is earned when a customer's order is signed by both sides and booked,"
                " within the dates of this plan. What counts is the first year's contract value,"
                " without taxes."
            ),
        ),
        Clause(
            _("When it is paid"),
            _(
                "It is worked out for the plan year to date at the end of each month and paid with"
                " the salary of the month after, less what was paid before. Each payment comes"
                " with a statement of the deals behind it."
            ),
        ),
        Clause(
            _("Crediting and splits"),
            _(
                "A deal is credited to whoever holds the account on the day it is signed. A split"
                " is agreed in writing by the managers before that day, and its shares add up"
                " to 100%."
            ),
        ),
        Clause(
            _("Clawback"),
            _(
                "If a customer cancels within twelve months without paying, variable pay for the"
                " months not delivered is taken back from later variable pay, never from salary."
            ),
        ),
        Clause(
            _("Leave, transfer and leaving"),
            _(
                "Quota and target variable are prorated by days for leave and transfer. Whoever"
                " leaves is paid what was earned up to the last day, at the usual time."
            ),
        ),
        Clause(
            _("Changes and disputes"),
            _(
                "A change comes as a new version of this packet with its own receipt. Until then"
                " this version stays in force, after its last day too. Raise a dispute with RevOps"
                " within 60 days of the statement; it is answered in writing within 30 days."
            ),
        ),
    ),
}


def clauses(edition: str) -> tuple[Clause, ...]:
    """
    The clauses of an edition.

    :raises KeyError: there is no such edition
    """
    return EDITIONS[edition]
