from collections.abc import Collection
from decimal import Decimal

from core.hooks import Hook
from events.kickoff.models import Kickoff

find_quotas = Hook[[Kickoff, Collection[int]], dict[int, Decimal]](
    "events.packets.comp.hooks.find_quotas",
    """
    Tell quotas to comp, which needs them for plans that pay a share of revenue.

    Takes a kickoff and ids of people; gives the quotas that are known, for the full year and in the
    currency of each person's pay, by person.
    """,
)


def quotas_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Decimal]:
    """The quotas that are known, by person; nothing where nobody knows any."""
    found: dict[int, Decimal] = {}
    for known in find_quotas(kickoff, person_ids):
        found.update(known)
    return found
