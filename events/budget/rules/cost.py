"""What an event costs with everybody's time, and what others say that one costs, each on its own base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from events.budget.rules.lines import NOTHING


@dataclass(frozen=True, slots=True)
class Time:
    """People of one role: how many, and what a day of one costs the company, all told and rounded."""

    heads: int
    day_rate: Decimal


def time_cost(roles: Iterable[Time], days: Decimal) -> Decimal:
    """Soft cost: days × day rate × heads, over all roles."""
    return sum((days * one.day_rate * one.heads for one in roles), NOTHING)


class Base(StrEnum):
    """What a published figure counts."""

    ATTENDEE = "attendee"  # hard cost, an attendee
    REP = "rep"  # hard cost, a rep
    REP_TIME = "rep_time"  # hard cost and time, a rep
    EVENT = "event"  # hard cost, an event
    EVENT_TIME = "event_time"  # hard cost and 2.4 days of reps' time, an event


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure, or a range, in US dollars. They do not agree with one another."""

    base: Base
    low: Decimal
    high: Decimal | None = None


BENCHMARKS = (
    Benchmark(Base.ATTENDEE, Decimal(1000), Decimal(3000)),
    Benchmark(Base.REP, Decimal(1982)),
    Benchmark(Base.REP_TIME, Decimal(5281)),
    Benchmark(Base.EVENT, Decimal(674_500)),
    Benchmark(Base.EVENT_TIME, Decimal(2_436_761)),
)
BENCHMARK_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a kickoff costs, and for how many."""

    hard: Decimal
    time: Decimal
    heads: int
    reps: int

    @property
    def full(self) -> Decimal:
        return self.hard + self.time

    def on(self, base: Base) -> Decimal | None:
        """The cost as a benchmark counts it; None where there is nobody to divide by."""
        amount, count = {
            Base.ATTENDEE: (self.hard, self.heads),
            Base.REP: (self.hard, self.reps),
            Base.REP_TIME: (self.full, self.reps),
            Base.EVENT: (self.hard, 1),
            Base.EVENT_TIME: (self.full, 1),
        }[base]
        return amount / count if count else None
