"""Whose an account should be, by what the CRM says of those who work it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from events.packets.territories.rules.balance import Load


@dataclass(frozen=True)
class Worker:
    """One person who has deals at an account, and what those come to."""

    person_id: int
    name: str
    load: Load = field(default_factory=Load)

    @property
    def deals(self) -> int:
        return self.load.open_deals + self.load.won_deals


@dataclass(frozen=True)
class Proposal:
    """
    Who works an account, the strongest first; `owner` is who should have it, None where nobody
    of them may. `currency` is the one that decided.
    """

    account_id: int
    workers: Sequence[Worker]
    owner: Worker | None
    currency: str

    @property
    def is_shared(self) -> bool:
        """Whether several people work it."""
        return len(self.workers) > 1


def propose(
    account_id: int, workers: Iterable[Worker], may_own: Collection[int] | None = None
) -> Proposal:
    """
    The owner with the most won revenue; then the most open pipeline, the most deals, and the
    name in the order of the alphabet: the same answer for the same figures, whatever their order.

    Amounts are compared in one currency, that in which most of them sell here; none is converted.
    `may_own` are those who can have it, such as the reps on a roster; None is everybody.
    """
    found = list(workers)
    currency = _leading(found)
    nothing = Decimal(0)

    def strength(worker: Worker) -> tuple[Decimal, Decimal, int, str, int]:
        load = worker.load
        return (
            -load.won.get(currency, nothing),
            -load.pipeline.get(currency, nothing),
            -worker.deals,
            worker.name,
            worker.person_id,
        )

    ranked = sorted(found, key=strength)
    able = (each for each in ranked if may_own is None or each.person_id in may_own)
    return Proposal(account_id, ranked, next(able, None), currency)


def _leading(workers: Sequence[Worker]) -> str:
    """The currency that most people sell in here; of two, the one with more in it, then by name."""
    totals: dict[str, tuple[int, Decimal]] = {}
    for worker in workers:
        for code in worker.load.currencies:
            count, amount = totals.get(code, (0, Decimal(0)))
            more = worker.load.won.get(code, Decimal(0)) + worker.load.pipeline.get(
                code, Decimal(0)
            )
            totals[code] = (count + 1, amount + more)
    ordered = sorted(totals.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return ordered[0][0] if ordered else ""
