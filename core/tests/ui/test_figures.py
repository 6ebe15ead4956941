from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.ui import figures

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (Decimal("900000"), "EUR", "€900,000"),
        (Decimal("1234.5"), "USD", "$1,234.50"),
        (Decimal("1234.00"), "GBP", "£1,234"),
        (Decimal("138000000"), "JPY", f"138,000,000{NBSP}JPY"),
        (Decimal("-0.5"), "USD", "−$0.50"),
        (Decimal("0.005"), "USD", "$0.01"),
        (Decimal("2.675"), "EUR", "€2.68"),
        (Decimal("0"), "CHF", f"0{NBSP}CHF"),
        ("1000", "USD", "$1,000"),
        (None, "USD", "–"),
        ("", "USD", "–"),
        (Decimal("NaN"), "USD", "–"),
        ("1.2m", "USD", "–"),
    ],
)
def test_money_has_its_currency_and_no_idle_decimals(amount, currency, written):
    assert figures.money(amount, currency) == written


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (25_000, "EUR", "€25k"),
        (106_400, "EUR", "€106.4k"),
        (1_250_000, "USD", "$1.3m"),
        (138_000_000, "JPY", f"138m{NBSP}JPY"),
        (2_000_000_000, "USD", "$2bn"),
        (0, "EUR", "€0"),
        (-28_000, "EUR", "−€28k"),
    ],
)
def test_money_on_an_axis_is_short(amount, currency, written):
    assert figures.short_money(amount, currency) == written


@pytest.mark.parametrize(
    ("share", "places", "written"),
    [
        (Decimal("0.5375"), 0, "54%"),
        (0, 0, "0%"),
        (1, 0, "100%"),
        (Decimal("0.005"), 0, "1%"),
        (Decimal("-0.25"), 0, "−25%"),
        (Decimal("0.2131"), 1, "21.3%"),
        (None, 0, "–"),
    ],
)
def test_a_share_is_written_as_percent(share, places, written):
    assert figures.percent(share, places) == written


def test_a_date_has_its_weekday():
    assert figures.day(date(2027, 2, 3)) == "Wed 3 Feb"
    assert figures.day(date(2027, 2, 3), "year") == "Wed 3 Feb 2027"
    assert figures.day(date(2027, 2, 3), "long") == "Wed 3 February 2027"
    assert figures.day(None) == "–"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Europe/Lisbon", f"Wed 3 Feb, 23:45{NBSP}WET"),
        (ZoneInfo("Europe/Paris"), f"Thu 4 Feb, 00:45{NBSP}CET"),
        ("Asia/Dubai", f"Thu 4 Feb, 03:45{NBSP}UTC+4"),
        ("Asia/Kathmandu", f"Thu 4 Feb, 05:30{NBSP}UTC+5:45"),
        ("America/Sao_Paulo", f"Wed 3 Feb, 20:45{NBSP}UTC−3"),
        (None, f"Wed 3 Feb, 23:45{NBSP}UTC"),
        ("", f"Wed 3 Feb, 23:45{NBSP}UTC"),
    ],
)
def test_a_moment_names_its_zone(zone, written):
    assert figures.moment(datetime(2027, 2, 3, 23, 45, tzinfo=UTC), zone) == written


def test_a_time_of_day_is_in_the_zone():
    assert figures.clock(datetime(2027, 7, 1, 8, 5, tzinfo=UTC), "Europe/Lisbon") == "09:05"
    assert figures.clock(None) == "–"


def test_a_number_has_its_thousands_apart():
    assert [figures.number(n) for n in (8800, 0, -1200, "x")] == ["8,800", "0", "−1,200", "–"]
