"""What people are paid in, beside what their quotas are told in: a packet wants one currency."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.comp.queries import Book
from events.packets.quotas.queries.board import Board
from events.packets.quotas.queries.offers import quotas_of
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Mismatch:
    """
    Reps whose quota is told in another currency than their pay.

    `mendable` are currencies of pay by person where the plan has a rate; `without_rate` are
    currencies that it has none for, with how many reps are paid in each.
    """

    mendable: dict[int, str]
    without_rate: dict[str, int]


def currencies_of_pay(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, str]:
    """What people are paid in, by person; absent are those whose pay is not set. Five queries."""
    book = Book(kickoff, person_ids)
    people = Person.objects.filter(pk__in=person_ids).values_list("pk", "job_title", "country")
    found = {pk: book.comp_of(pk, title, country).currency for pk, title, country in people}
    return {pk: code for pk, code in found.items() if code}


def mismatch_of(board: Board, rates: Collection[str]) -> Mismatch:
    """
    Whose quota cannot be joined with their pay, in one cascade. Five queries.

    `rates` are the currencies that the plan has a rate for.
    """
    plan = board.plan
    reps = [one for one in board.reps if one in board.amounts]
    mendable: dict[int, str] = {}
    without: dict[str, int] = {}
    for person_id, code in currencies_of_pay(plan.kickoff, reps).items():
        rate = board.nodes[person_id].rate
        if code == (rate.currency if rate else plan.currency):
            continue
        if code == plan.currency or code in rates:
            mendable[person_id] = code
        else:
            without[code] = without.get(code, 0) + 1
    return Mismatch(mendable, without)


@sensitive_variables()
def full_years_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Decimal]:
    """
    Full-year quotas in the currency of each person's pay; absent where it is told in another.

    :raises Unreadable: no key opens a figure
    """
    pay = currencies_of_pay(kickoff, person_ids)
    offers = quotas_of(kickoff, person_ids, pay)
    return {
        person_id: offer.quota.origin.full_year
        for person_id, offer in offers.items()
        if offer.quota.origin is not None and pay.get(person_id) == offer.currency
    }
