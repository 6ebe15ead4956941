"""The kinds of questions: who answers each, and how many working days an answer may take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    CALCULATION = "CALCULATION", _("Calculation")
    DATA = "DATA", _("Data")
    CREDITING = "CREDITING", _("Crediting")
    INTERPRETATION = "INTERPRETATION", _("Interpretation")
    QUOTA = "QUOTA", _("Quota")
    TERRITORY = "TERRITORY", _("Territory")
    PAY_TERMS = "PAY_TERMS", _("Pay terms")
    TYPO = "TYPO", _("Typo")


class Route(TextChoices):
    """Who holds a question: a role, never a name. Who that is, is asked at the time of need."""

    REVOPS = "REVOPS", _("RevOps")
    MANAGER = "MANAGER", _("Manager")


# What a rep reads when they choose
EXPLAINED = {
    Kind.CALCULATION: _("How a payout is worked out"),
    Kind.DATA: _("A figure or fact that looks wrong"),
    Kind.CREDITING: _("Which deals count for whom"),
    Kind.INTERPRETATION: _("What a sentence of the plan means"),
    Kind.QUOTA: _("How my quota came about"),
    Kind.TERRITORY: _("Which accounts are mine"),
    Kind.PAY_TERMS: _("When I am paid, clawback, leaving"),
    Kind.TYPO: _("A name or word to correct"),
}

# A manager knows why this quota and this territory, and what the plan means in the team's deals;
# the rest is arithmetic, data and law, which RevOps keeps
_WITH_MANAGER = frozenset({Kind.INTERPRETATION, Kind.QUOTA, Kind.TERRITORY})

LONGEST_DAYS = 20
_DAYS = {Kind.TYPO: 1, Kind.QUOTA: 3, Kind.TERRITORY: 3}
_USUAL_DAYS = 2


def route_for(kind: str, *, has_manager: bool) -> Route:
    """
    Who holds a new question of a kind; without a manager who may read the packet, RevOps does.

    :raises ValueError: there is no such kind
    """
    return Route.MANAGER if has_manager and Kind(kind) in _WITH_MANAGER else Route.REVOPS


def usual_days(kind: str) -> int:
    """
    Working days that an answer to a kind may take, unless RevOps has set another number.

    :raises ValueError: there is no such kind
    """
    return _DAYS.get(Kind(kind), _USUAL_DAYS)
