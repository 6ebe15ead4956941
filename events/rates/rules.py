"""One currency for sums over many: exchange rates that RevOps gave, each with its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


class RateMissing(Exception):
    """There is no rate for a currency, which is its only argument."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of a currency one unit of the reporting currency buys, and the day of that."""

    bought: Decimal
    as_of: date


@dataclass(frozen=True, slots=True)
class Reporting:
    """The currency that sums are told in, and the rates of others."""

    currency: str
    rates: Mapping[str, Rate] = field(default_factory=dict)

    def converted(self, amount: Decimal, currency: str) -> Decimal:
        """
        An amount in the reporting currency, not rounded.

        :raises RateMissing: there is no rate for its currency
        """
        if currency == self.currency:
            return amount
        if currency not in self.rates:
            raise RateMissing(currency)
        return amount / self.rates[currency].bought

    def whole(self, amount: Decimal, currency: str) -> Decimal:
        """
        The same in whole units, half up, so that what is shown adds up; one's own as it is.

        :raises RateMissing: there is no rate for its currency
        """
        found = self.converted(amount, currency)
        own = currency == self.currency
        return found if own else found.quantize(Decimal(1), ROUND_HALF_UP)

    def lacking(self, currencies: Iterable[str]) -> list[str]:
        """The currencies that there is no rate for."""
        return sorted(set(currencies) - {self.currency} - set(self.rates))

    def used(self, currencies: Iterable[str]) -> list[tuple[str, Rate]]:
        """The rates that it takes to convert some currencies."""
        return [(code, self.rates[code]) for code in sorted(set(currencies)) if code in self.rates]
