"""A packet joined from territory, quota and comp plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from events.packets.comp.rules.comp import CompOffer
from events.packets.delivery.rules.content import Identity
from events.packets.delivery.rules.joining import Lack, join
from events.packets.quotas.rules.making import Year, make_quota
from events.packets.quotas.rules.quota import QuotaOffer, quarters, spread
from events.packets.territories.rules.territory import Territory
from events.tests.factories import packet_content

D = Decimal
WHO = Identity("Aïcha Benyahia")
WHERE = Territory("France", "", ("Halle aux Vins",))
STARTS, ENDS = date(2027, 1, 1), date(2027, 12, 31)
COMP = CompOffer(packet_content(base="120000", target_variable="90000").comp, "EUR", STARTS, ENDS)
WHOLE = QuotaOffer(spread(D(1200000), STARTS, ENDS), "EUR", D(1))


def hired_in_april():
    spans = tuple(quarters(STARTS, ENDS))
    year = Year(STARTS, ENDS, spans, (D(1),) * 4)
    quota = make_quota(D(1200000), year, hired=date(2027, 4, 1))
    return QuotaOffer(quota, "EUR", D(275) / D(365))


def test_three_parts_make_a_packet():
    joined = join(WHO, WHERE, WHOLE, COMP)

    assert joined.lacks == ()
    content = joined.content
    assert (content.effective_from, content.effective_to) == (STARTS, ENDS)
    assert (content.quota.amount, content.comp.target_variable) == (1200000, 90000)
    assert content.territory == WHERE
    assert content.full_year is None


def test_whoever_comes_in_april_has_275_of_365_days_of_quota_and_pay():
    content = join(WHO, WHERE, hired_in_april(), COMP).content

    assert content.effective_from == date(2027, 4, 1)
    assert content.quota.amount == D("904109.59")
    assert content.comp.target_variable == D("67808.22")
    assert content.quota.periods[0].starts == date(2027, 4, 1)
    assert sum(period.amount for period in content.quota.periods) == content.quota.amount
    year = content.full_year
    assert (year.days, year.of_days) == (275, 365)
    assert (year.quota, year.base, year.target_variable) == (1200000, 120000, 90000)


@pytest.mark.parametrize(
    ("territory", "quota", "comp", "lacks", "has_content"),
    [
        (None, WHOLE, COMP, (Lack.TERRITORY,), True),
        (Territory(), WHOLE, COMP, (Lack.TERRITORY,), True),
        (WHERE, None, COMP, (Lack.QUOTA,), False),
        (WHERE, WHOLE, None, (Lack.COMP,), False),
        (None, None, None, (Lack.TERRITORY, Lack.QUOTA, Lack.COMP), False),
        (WHERE, replace(WHOLE, currency="USD"), COMP, (Lack.CURRENCY,), False),
        (WHERE, WHOLE, replace(COMP, ends=date(2027, 6, 30)), (Lack.DATES,), False),
    ],
)
def test_what_is_lacking_is_said(territory, quota, comp, lacks, has_content):
    joined = join(WHO, territory, quota, comp)

    assert joined.lacks == lacks
    assert (joined.content is not None) == has_content


def test_no_part_shows_its_figures_in_a_repr():
    shown = repr([WHOLE, COMP, join(WHO, WHERE, WHOLE, COMP)])

    assert "1200000" not in shown
    assert "90000" not in shown
