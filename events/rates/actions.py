from datetime import date
from decimal import Decimal

from events.kickoff.models import Kickoff
from events.rates.models import ExchangeRate


def note_rate(
    *, kickoff: Kickoff, base: str, currency: str, bought: Decimal, as_of_date: date
) -> ExchangeRate:
    """The rate of a day; the row that is there where somebody noted the same. No entry of its own."""
    found, _made = ExchangeRate.objects.get_or_create(
        kickoff=kickoff, base=base, currency=currency, bought=bought, as_of_date=as_of_date
    )
    return found
