from decimal import Decimal as D

from core.currencies import DIGITS, digits, fits, is_currency


def test_currencies_are_those_of_iso_4217():
    assert is_currency("EUR")
    assert not is_currency("eur")
    assert not is_currency("XXX")
    assert (digits("JPY"), digits("EUR"), digits("KWD")) == (0, 2, 3)
    assert fits(D("1.5"), "EUR")
    assert not fits(D("1.5"), "JPY")
    assert len(DIGITS) > 150
