"""People's time, benchmarks, and what pays a kickoff back, from imported deals."""

from datetime import date, timedelta
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from core.tests.access import slug
from core.typesetting import papers
from core.typesetting.pages import pdf_of
from events.budget import actions, queries
from events.budget.actions import Assumptions, BudgetRefused, RoleTime
from events.budget.models import Budget, Scenario
from events.budget.queries import returns
from events.budget.rules.cost import Base
from events.budget.views import returning
from events.deals.models import Opportunity
from events.tests.budget.factories import MONDAY, TUESDAY, make_budget, make_line
from events.tests.world import build_world

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 18)


@pytest.fixture
def world():
    return build_world(currency="USD")


@pytest.fixture
def budget(world):
    budget = make_budget(world.kickoff)
    make_line(budget, price=376_000)
    return budget


def at(world, name):
    return reverse(f"events:budget:{name}", kwargs=slug(world))


def deals(owner, won, lost, *, value=38_400, currency="USD", closed=LAST, days=92):
    Opportunity.objects.bulk_create(
        Opportunity(
            external_id=f"{currency}-{closed}-{number}",
            owner=owner,
            stage="WON" if number < won else "LOST",
            engage_date=closed - timedelta(days=days),
            close_date=closed,
            value=value if number < won else None,
            currency=currency,
            imported_at=MONDAY,
        )
        for number in range(won + lost)
    )


def say_time(budget, *roles, days=None):
    actions.set_time(budget=budget, days=days, roles=roles, by=budget.kickoff.owner, at=TUESDAY)
    return queries.budget_of(budget.kickoff)


class TestTime:
    def test_it_is_days_times_rate_times_heads_by_role(self, budget):
        found = say_time(
            budget, RoleTime("Reps", 96, 640), RoleTime("Managers", 24, 820), days=D("2.5")
        )

        board = queries.board_of(found)
        cost = returns.cost_of_plan(board, returns.day_rates_of(found))

        assert cost.time == D("2.5") * (96 * 640 + 24 * 820)
        assert cost.on(Base.ATTENDEE) == 2_350

    def test_saying_it_anew_replaces_it_and_a_role_is_said_once(self, budget):
        say_time(budget, RoleTime("Reps", 96, 640))
        found = say_time(budget, RoleTime("Guests", 160, 600))

        assert [one.role for one in returns.day_rates_of(found)] == ["Guests"]
        assert found.days_of_time == len(found.kickoff.days)
        with pytest.raises(BudgetRefused, match="once"):
            say_time(budget, RoleTime("Reps", 1, 1), RoleTime("reps", 2, 2))

    def test_a_row_that_is_half_empty_says_which_cell(self, client, world, budget):
        client.force_login(world["planner"])
        said = {
            "days": "",
            "roles-TOTAL_FORMS": 2,
            "roles-INITIAL_FORMS": 0,
            "roles-0-role": "Reps",
            "roles-0-heads": 96,
            "roles-0-rate": 640,
        }

        wrong = client.post(at(world, "time"), said | {"roles-1-role": "Managers"})
        client.post(at(world, "time"), said)

        assert set(wrong.context["roles"].forms[1].errors) == {"heads", "rate"}
        assert [one.rate for one in returns.day_rates_of(budget)] == [640]

    def test_benchmarks_are_in_dollars_and_need_a_rate_elsewhere(self, budget):
        board = queries.board_of(budget)
        cost = returns.cost_of_plan(board, [])
        assert returns.worth_of_benchmarks(board) == 1

        shown = list(returning.benchmarks(cost, D(1), "USD"))

        assert [(one["own"], one["bench"]) for one in shown[:2]] == [
            ("$2,350", "benchmark $1,000–3,000+"),
            ("$3,917", "benchmark $1,982"),
        ]
        budget.currency = "EUR"
        assert returns.worth_of_benchmarks(queries.board_of(budget)) is None
        actions.note_rate(
            budget=budget,
            currency="USD",
            worth=D("0.9"),
            as_of_date=LAST,
            by=budget.kickoff.owner,
            at=TUESDAY,
        )
        assert returns.worth_of_benchmarks(queries.board_of(budget)) == D("0.9")


class TestDeals:
    def test_twelve_months_up_to_the_last_deal_count(self, world, budget):
        deals(world["rep"], 3, 1)
        deals(world["rep"], 2, 0, closed=LAST - timedelta(days=364))
        deals(world["rep"], 9, 9, closed=LAST - timedelta(days=365))

        found = returns.deal_year_of(queries.board_of(budget))

        assert (found.deals.won, found.deals.lost, found.deals.days) == (5, 1, 92)
        assert found.deals.worth == 5 * 38_400
        assert (found.until - found.since).days == 364

    def test_other_currencies_count_at_the_newest_rate_or_are_named(self, world, budget):
        deals(world["rep"], 1, 0, value=100, currency="EUR")
        deals(world["rep"], 1, 2, value=100, currency="JPY")
        actions.note_rate(
            budget=budget,
            currency="EUR",
            worth=D("1.08"),
            as_of_date=LAST,
            by=budget.kickoff.owner,
            at=TUESDAY,
        )

        found = returns.deal_year_of(queries.board_of(budget))

        assert (found.deals.won, found.deals.lost, found.deals.worth) == (1, 0, 108)
        assert found.left_out == ["JPY"]

    def test_without_deals_there_is_nothing_to_reckon_from(self, client, world, budget):
        assert returns.deal_year_of(queries.board_of(budget)) is None
        client.force_login(world["executive"])

        page = client.get(at(world, "return")).content.decode()

        assert "Nothing to reckon from yet" in page
        assert "Deals to pay it back" not in page


class TestReturn:
    def test_the_page_says_what_pays_it_back(
        self, client, world, budget, django_assert_max_num_queries
    ):
        deals(world["rep"], 24, 76)
        found = say_time(budget, RoleTime("Guests", 160, 640))
        actions.assume(
            budget=found,
            assumptions=Assumptions(
                margin=D("0.72"), lift=D("0.01"), months=9, attainment=D("0.78")
            ),
            by=budget.kickoff.owner,
            at=TUESDAY,
        )
        client.force_login(world["planner"])
        client.get(at(world, "return"))

        with django_assert_max_num_queries(15):
            page = client.get(at(world, "return"))

        # 683,200 ÷ 27,648 = 24.7; of 24 deals a year, 18 are won in nine months
        assert page.context["headline"].startswith("It takes 25 more won deals in 9 months")
        assert page.context["cost"].full == 376_000 + 3 * 640 * 160
        assert "24.0% → " in page.content.decode()

    @pytest.mark.parametrize(
        ("reps", "words"),
        [
            (96, "one for every 3 reps."),
            (30, "one for every rep."),
            (0, "9 months."),
            (5, "up to 5 a rep."),
        ],
    )
    def test_a_sentence_says_how_many_deals_and_for_how_many_reps(self, reps, words):
        deals_ = returns.Deals(won=1_632, lost=5_168, worth=D(38_400) * 1_632)
        model = returns.Model(
            cost=D(671_820), deals=deals_, margin=D("0.72"), lift=D("0.01"), months=D(9)
        )

        said = returning.headline(model, reps)

        assert said.startswith("One more won deal in 48 pays for it: 25 deals in 9 months")
        assert said.endswith(words)


def test_three_ways_stand_side_by_side_and_none_gives_the_usual_three(client, world, budget):
    client.force_login(world["planner"])
    said = {"ways-TOTAL_FORMS": 3, "ways-INITIAL_FORMS": 3}
    first = {"ways-0-name": "Madrid", "ways-0-dearer": "12.5", "ways-0-heads": "-20"}

    client.post(at(world, "scenarios"), said | first)
    (way,) = returns.scenarios_of(budget)
    assert (way.name, way.dearer, way.heads, way.day_part) == ("Madrid", D("0.125"), -20, 1)
    page = client.get(at(world, "return"))
    assert [one["name"] for one in page.context["scenarios"]["columns"]] == ["Madrid"]

    client.post(at(world, "scenarios"), said)
    assert not Scenario.objects.exists()
    page = client.get(at(world, "return"))
    assert len(page.context["scenarios"]["columns"]) == 3


def test_assumptions_are_said_in_percent(client, world, budget):
    client.force_login(world["planner"])

    client.post(at(world, "model"), {"margin": "72", "lift": "1.5", "months": "9"})

    found = Budget.objects.get()
    assert (found.margin, found.lift, found.months, found.attainment) == (
        D("0.72"),
        D("0.015"),
        9,
        None,
    )


def test_the_return_is_one_sheet_of_paper_of_an_empty_budget_too(client, world, monkeypatch):
    budget = make_budget(world.kickoff)
    said = []
    monkeypatch.setattr(
        papers, "pdf_of", lambda html, styles: said.append(html) or pdf_of(html, styles)
    )
    client.force_login(world["planner"])

    empty = client.get(at(world, "return_pdf"))
    for number in range(25):
        make_line(budget, name=f"Line {number}", price=15_000)
    say_time(budget, *(RoleTime(f"Role {number}", 96, 640) for number in range(12)))
    deals(world["rep"], 1632, 5168)
    full = client.get(at(world, "return_pdf"))

    assert [read.headers["Content-Type"] for read in (empty, full)] == ["application/pdf"] * 2
    sheets = [
        PdfFileReader(BytesIO(read.content)).root["/Pages"]["/Count"] for read in (empty, full)
    ]
    assert sheets == [1, 1]
    assert "Nothing to reckon a return from yet" in said[0]
    told = " ".join(said[1].split())
    assert "Hard cost: the forecast of 25 lines of the budget" in told
    assert "1,632 won, a win rate of 24%" in told.replace("24.0%", "24%")
