from collections.abc import Collection
from decimal import Decimal

from core.hooks import Hook
from events.kickoff.models import Kickoff
from events.rates.rules import Reporting

find_quotas = Hook[[Kickoff, Collection[int]], dict[int, Decimal]](
    "events.packets.comp.hooks.find_quotas",
    """
    Tell quotas to comp, which needs them for plans that pay a share of revenue.

    Takes a kickoff and ids of people; gives the quotas that are known, for the full year and in the
    currency of each person's pay, by person.
    """,
)

find_reporting = Hook[[Kickoff], Reporting | None](
    "events.packets.comp.hooks.find_reporting",
    """
    Tell comp in which currency sums over all plans are told, and at which rates.

    Takes a kickoff; gives its reporting currency with rates, or None where nobody set one.
    """,
)


def quotas_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Decimal]:
    """The quotas that are known, by person; nothing where nobody knows any."""
    found: dict[int, Decimal] = {}
    for known in find_quotas(kickoff, person_ids):
        found.update(known)
    return found


def reporting_of(kickoff: Kickoff) -> Reporting | None:
    """The reporting currency and its rates; None where nobody set one."""
    return next((one for one in find_reporting(kickoff) if one is not None), None)
