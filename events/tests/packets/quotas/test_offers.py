"""What packets ask: each person's quota, from the cascade or by rule; few queries."""

from datetime import date
from decimal import Decimal

import pytest

from events.packets.quotas import queries
from events.packets.quotas.rules import words
from events.packets.quotas.rules.figures import Figures
from events.tests.factories import KickoffFactory
from events.tests.packets.quotas.factories import (
    NewHireRuleFactory,
    PlanRateFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
    team_of,
)
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def plan():
    return QuotaPlanFactory(ramp_shares=["0.5"])


def offer_to(plan, person, **options):
    return queries.quotas_of(plan.kickoff, [person.pk], **options).get(person.pk)


def test_a_full_year_in_the_plan_currency(plan):
    node = QuotaNodeFactory(plan=plan, amount=1_000_001)

    offer = offer_to(plan, node.person)

    assert [period.amount for period in offer.quota.periods] == [250_000] * 3 + [250_001]
    assert (offer.currency, offer.share, offer.rule) == ("EUR", 1, "")
    assert offer.quota.periods[0].starts == date(2027, 1, 1)
    assert words.origin_sentences(offer.quota.origin, "EUR") == []


def test_days_there_and_ramp_cut_a_year_and_say_so(plan):
    hired = PersonFactory(hire_date=date(2027, 4, 1))
    stays = PersonFactory(hire_date=date(2027, 4, 1))
    QuotaNodeFactory(plan=plan, person=hired, amount=1_200_000)
    QuotaNodeFactory(plan=plan, person=stays, amount=1_200_000, is_ramped=False)

    offers = queries.quotas_of(plan.kickoff, [hired.pk, stays.pk])

    assert offers[stays.pk].quota.amount == D("904109.59")
    assert round(offers[stays.pk].share, 4) == D("0.7534")
    assert offers[hired.pk].quota.amount == D("753424.66")
    assert words.origin_sentences(offers[hired.pk].quota.origin, "EUR") == [
        "Full-year quota €1,200,000; you are there from Thu 1 Apr 2027 to Fri 31 Dec 2027:"
        " 275 of 365 days.",
        "You ramp up as a new hire, period by period: 100%, 50%, 100%, 100%.",
    ]


def test_another_currency_is_converted_once_and_rounded_to_its_step(plan):
    yen = PlanRateFactory(plan=plan, currency="JPY", rate=D("160.5"), step=D(1_000_000))
    node = QuotaNodeFactory(plan=plan, amount=861_000, rate=yen)

    offer = offer_to(plan, node.person)

    # 861,000 × 160.5 is 138,190,500
    assert (offer.quota.amount, offer.currency) == (138_000_000, "JPY")


def test_own_periods_come_before_the_plans_season(plan):
    own = (D(10), D(20), D(30), D(40))
    node = QuotaNodeFactory(plan=plan, figures=Figures(D(100), season=own))

    assert tuple(one.amount for one in offer_to(plan, node.person).quota.periods) == own


def test_who_has_no_amount_or_no_day_is_absent(plan):
    none_yet = QuotaNodeFactory(plan=plan, figures=Figures())
    gone = QuotaNodeFactory(plan=plan, person=PersonFactory(leave_date=date(2026, 12, 1)))
    stranger = PersonFactory()

    asked = [none_yet.person_id, gone.person_id, stranger.pk]

    assert queries.quotas_of(plan.kickoff, asked) == {}
    assert queries.quotas_of(KickoffFactory(), asked) == {}
    assert queries.quotas_of(plan.kickoff, []) == {}


def test_whoever_joins_later_gets_the_standard_of_their_title(plan):
    NewHireRuleFactory(plan=plan, job_title="Mid-market AE", ramp="QUARTERS", ramp_shares=["0.25"])
    joined = PersonFactory(job_title="mid-market  AE, Lyon", hire_date=date(2027, 7, 1))

    offer = offer_to(plan, joined)

    # 184 of 365 days of 900,000, then a quarter of the first three months: 92 of the 184 days
    assert (offer.rule, offer.currency) == ("Mid-market AE", "EUR")
    assert offer.quota.origin.days == 184
    assert offer.quota.origin.ramp == (1, 1, D("0.25"), 1)
    assert offer.quota.amount == D("283561.64")


def test_a_company_that_plans_in_thousands_gives_quotas_in_thousands(plan):
    plan.step, plan.rounding = D(1000), "STEPS"
    plan.save()
    yen = PlanRateFactory(plan=plan, currency="JPY", rate=D(160), step=D(1_000_000))
    NewHireRuleFactory(plan=plan, standards={"EUR": D(850_000), "CHF": D(900_000)})
    there = {"hire_date": date(2027, 4, 12)}
    of_plan = QuotaNodeFactory(plan=plan, person=PersonFactory(**there)).person
    of_rate = QuotaNodeFactory(plan=plan, person=PersonFactory(**there), rate=yen).person
    joined = PersonFactory(**there)

    for person, currency, unit in (
        (of_plan, "EUR", 1000),
        (of_rate, "JPY", 1_000_000),
        (joined, "EUR", 1000),
        (joined, "CHF", 1),  # the plan knows no steps of it
    ):
        quota = offer_to(plan, person, currencies={person.pk: currency}).quota
        told = [quota.amount, *(period.amount for period in quota.periods)]
        assert not any(amount % unit for amount in told)


def test_the_standard_is_taken_in_the_currency_of_their_pay(plan):
    NewHireRuleFactory(plan=plan, standards={"EUR": D(900_000), "USD": D(1_000_000)})
    joined = PersonFactory()

    def paid_in(code):
        offer = offer_to(plan, joined, currencies={joined.pk: code})
        return offer and (offer.quota.amount, offer.currency)

    assert paid_in("USD") == (1_000_000, "USD")
    assert paid_in("EUR") == (900_000, "EUR")
    assert paid_in("CHF") is None


def test_a_share_of_the_median_of_the_peers(plan):
    for amount in (800_000, 1_000_000, 3_000_000):
        QuotaNodeFactory(plan=plan, amount=amount)
    QuotaNodeFactory(plan=plan, person=PersonFactory(job_title="Other"), amount=9)
    NewHireRuleFactory(plan=plan, share_of_median=D("0.8"))
    PlanRateFactory(plan=plan)
    joined = PersonFactory()

    assert offer_to(plan, joined).quota.amount == 800_000
    assert offer_to(plan, joined, currencies={joined.pk: "USD"}).quota.amount == 880_000
    assert offer_to(plan, joined, currencies={joined.pk: "CHF"}) is None


def test_a_median_of_nobody_gives_nothing(plan):
    NewHireRuleFactory(plan=plan, share_of_median=D("0.8"))

    assert offer_to(plan, PersonFactory()) is None


def test_offers_are_as_many_queries_for_any_number(plan, django_assert_num_queries):
    NewHireRuleFactory(plan=plan, share_of_median=D(1))
    people = []
    for number in (1, 3, 12):
        people += [QuotaNodeFactory(plan=plan).person_id for _ in range(number)]
        with django_assert_num_queries(2):
            assert len(queries.quotas_of(plan.kickoff, people)) == len(people)
    for number in (1, 3, 12):
        people += [PersonFactory().pk for _ in range(number)]
        with django_assert_num_queries(6):
            assert len(queries.quotas_of(plan.kickoff, people)) == len(people)


def test_a_board_is_as_many_queries_for_any_number(django_assert_num_queries):
    plan = QuotaPlanFactory()
    for number in (1, 3, 9):
        for _ in range(number):
            _manager, reps = team_of(plan.kickoff, number)
            QuotaNodeFactory(plan=plan, person=reps[0])
        with django_assert_num_queries(5):
            board = queries.board_of(plan)
            rows = [board.row(one) for one in board.tree.walk()]
            assert len(rows) >= number
            assert board.in_effect >= 0
