from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.deals.models import Opportunity
from events.kickoff.hooks import Severity
from events.packets.territories import queries
from events.packets.territories.rules.territory import Territory
from events.tests.factories import (
    AccountFactory,
    AttendeeFactory,
    OpportunityFactory,
    SalesTerritoryFactory,
)
from events.tests.packets.territories.conftest import NOON
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def counted(act):
    with CaptureQueriesContext(connection) as found:
        result = act()
        list(result) if result is not None else None
    return len(found)


def grow(kickoff, more):
    """More territories with accounts, some of them doubly owned, some worked by several."""
    for _n in range(more):
        mine, shared, free = AccountFactory.create_batch(3, country="FR", segment="Enterprise")
        one = SalesTerritoryFactory(kickoff=kickoff, named=[mine, shared], excluded=[free])
        other = SalesTerritoryFactory(kickoff=kickoff, named=[shared])
        AttendeeFactory(kickoff=kickoff)
        for owner in (one.owner, other.owner):
            for account in (mine, shared, free):
                OpportunityFactory(
                    owner=owner, account=account, stage="WON", value=9, close_date="2026-11-01"
                )


PAGES = ["plan", "mend", "board", "balance", "proposals", "history", "accounts", "create"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_makes_the_same_number_of_queries_at_1_3_and_30_rows(client, kickoff, revops, page):
    client.force_login(revops)
    url = reverse(f"events:packets:territories:{page}", args=[kickoff.slug])
    counts = []
    for more in (1, 2, 12):
        grow(kickoff, more)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        counts.append(len(found))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 24


def test_a_move_takes_the_same_number_of_queries_for_1_and_30_accounts(client, kickoff, revops):
    client.force_login(revops)
    counts = []
    for size in (1, 30):
        accounts = AccountFactory.create_batch(size)
        source = SalesTerritoryFactory(kickoff=kickoff, named=accounts)
        target = SalesTerritoryFactory(kickoff=kickoff)
        said = {"account": [f"{each.pk}:{source.pk}" for each in accounts], "to": target.pk}
        for name in ("preview", "move"):
            with CaptureQueriesContext(connection) as found:
                client.post(
                    reverse(f"events:packets:territories:{name}", args=[kickoff.slug]), said
                )
            counts.append(len(found))

    assert counts[:2] == counts[2:]


def test_the_territory_of_a_packet_has_names_in_order_and_is_read_in_two_queries(kickoff):
    named = [AccountFactory(name=name) for name in ("Zinal", "Aosta")]
    left = AccountFactory(name="Kinta")
    one = SalesTerritoryFactory(
        kickoff=kickoff, places=["France", "Belgium"], segments=["Mid-market"],
        named=named, excluded=[left],
    )  # fmt: skip
    SalesTerritoryFactory(
        kickoff=kickoff, role="Renewals", owner=one.owner, places=["France"], named=[left]
    )
    SalesTerritoryFactory(owner=one.owner, places=["Of another kickoff"])
    nobody = PersonFactory()

    found = queries.territories_of(kickoff, [one.owner_id, nobody.pk])

    assert found == {
        one.owner_id: Territory("France, Belgium", "Mid-market", ("Aosta", "Kinta", "Zinal"), ())
    }
    people = [one.owner_id]
    for more in (0, 2, 9):
        owners = [SalesTerritoryFactory(kickoff=kickoff).owner_id for _n in range(more)]
        people += owners
        with CaptureQueriesContext(connection) as made:
            assert len(queries.territories_of(kickoff, people)) == len(people)
        assert len(made) == 2


def test_loads_are_by_account_and_currency_and_a_year_narrows_what_was_won():
    account = AccountFactory()
    OpportunityFactory(account=account, value=5, currency="EUR")
    OpportunityFactory(account=account, value=None, currency="EUR", stage="PROSPECTING")
    for day, value in ((date(2025, 11, 3), 7), (date(2026, 11, 3), 11)):
        OpportunityFactory(
            account=account, stage="WON", value=value, engage_date=None, close_date=day
        )
    OpportunityFactory(account=account, stage="LOST", value=100)

    (everything,) = queries.loads_by_account().values()
    (one_year,) = queries.loads_by_account(year=2026).values()

    assert (everything.accounts, everything.open_deals, everything.won_deals) == (1, 2, 2)
    assert everything.pipeline == {"EUR": Decimal(5)}
    assert everything.won == {"USD": Decimal(18)}
    assert one_year.won == {"USD": Decimal(11)}
    assert queries.money_known().years == [2026, 2025]


def test_the_home_of_a_kickoff_is_told_counts_and_no_link(kickoff, accounts, north):
    AttendeeFactory(kickoff=kickoff)
    SalesTerritoryFactory(kickoff=kickoff, named=accounts[:1])

    found = list(queries.check_readiness(kickoff, NOON))

    assert [each.text for each in found] == [
        "1 account has more than one owner.",
        "2 accounts have no owner.",
    ]
    assert not any(each.mend_url for each in found)
    assert all("Ask RevOps" in each.why for each in found)


def test_a_whole_plan_is_met_and_no_plan_says_nothing(kickoff):
    early = queries.check_readiness(kickoff, NOON)
    assert {finding.severity for finding in early} == {Severity.LATER}
    SalesTerritoryFactory(kickoff=kickoff, named=[AccountFactory()])

    met = queries.check_readiness(kickoff, NOON)
    assert [finding.severity for finding in met] == [Severity.MET] * len(early)


def test_a_rep_who_left_the_roster_leaves_a_territory_without_an_owner(kickoff, north):
    kickoff.attendees.all().delete()

    gaps = queries.read_plan(kickoff, "AE").gaps

    assert (gaps.ownerless, gaps.without) == ([north.pk], [])


def test_what_the_crm_knows_of_a_lost_deal_proposes_nobody(kickoff):
    rep = AttendeeFactory(kickoff=kickoff).person
    OpportunityFactory(owner=rep, account=AccountFactory(), stage=Opportunity.Stage.LOST)

    assert queries.to_propose(queries.read_plan(kickoff, "AE")) == []
