"""Currencies, the plan in words, its curve, the terms."""

from decimal import Decimal

import pytest

from events.packets.comp.rules import curves
from events.packets.comp.rules.payout import Band, Basis, Plan, Threshold
from events.packets.comp.rules.terms import CURRENT, clauses
from events.packets.comp.rules.words import plan_sentences
from events.tests.factories import packet_content

D = Decimal


def test_a_plan_is_said_in_sentences():
    plan = Plan(
        Basis.TV_MULTIPLIER,
        bands=(Band(D(0), D(1)), Band(D(1), D("1.5")), Band(D("1.25"), D(2))),
        threshold=Threshold(D("0.4")),
    )

    assert plan_sentences(plan) == [
        "Below 40% of quota there is no payout; from there on everything counts.",
        "Each percent of quota pays 1% of your target variable.",
        "From 100% of quota, each further percent pays 1.5%.",
        "From 125% of quota, each further percent pays 2%.",
        "There is no cap.",
    ]


def test_the_curve_jumps_where_a_threshold_pays_from_the_first():
    plan = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),), threshold=Threshold(D("0.4")))
    line = curves.curve(*packet_content(plan=plan).own_numbers)

    assert [paid for at, paid in line if at == D("0.4")] == [0, 22400]
    corners = curves.draw(*packet_content(plan=plan).own_numbers).corners
    assert [paid for at, paid in corners if at == 0.4] == [0, 22400]


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("106400", "EUR", "€106.4k"),
        ("56000", "GBP", "£56k"),
        ("14200000", "JPY", "14.2m"),
        ("999", "USD", "$999"),
    ],
)
def test_figures_with_little_room_are_short(amount, currency, text):
    assert curves.short(D(amount), currency) == text


def test_the_current_terms_have_clauses():
    assert len(clauses(CURRENT)) >= 6
