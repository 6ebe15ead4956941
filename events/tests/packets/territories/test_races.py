"""Two at once. They run on PostgreSQL: SQLite has one writer at a time."""

from functools import partial

import pytest

from core.tests import races
from events.packets.territories import actions, queries
from events.packets.territories.models import OwnershipChange, SalesTerritory
from events.tests.factories import (
    AccountFactory,
    AttendeeFactory,
    KickoffFactory,
    OpportunityFactory,
    SalesTerritoryFactory,
)
from events.tests.packets.territories.conftest import NOON
from people.tests.factories import RevOpsFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
at_once = partial(races.at_once, refusals=actions.TerritoryRefused)


def test_of_two_moves_of_one_account_one_wins_and_the_other_is_told():
    kickoff, revops = KickoffFactory(), RevOpsFactory()
    accounts = AccountFactory.create_batch(5)
    source = SalesTerritoryFactory(kickoff=kickoff, named=accounts)
    targets = [SalesTerritoryFactory(kickoff=kickoff) for _n in range(2)]

    def to(target, several):
        return lambda: actions.move_accounts(
            kickoff=kickoff,
            role="AE",
            expected={each.pk: {source.pk} for each in several},
            to={each.pk: target.pk for each in several},
            by=revops,
            at=NOON,
        )

    answers = at_once(to(targets[0], accounts[:3]), to(targets[1], accounts[2:]))

    assert sorted(isinstance(each, actions.StaleMove) for each in answers) == [False, True]
    plan = queries.read_plan(kickoff, "AE")
    assert not plan.gaps.double
    assert not plan.gaps.unowned
    assert OwnershipChange.objects.count() == 3


def test_proposals_accepted_twice_at_once_make_one_territory_a_rep():
    kickoff, revops = KickoffFactory(), RevOpsFactory()
    rep = AttendeeFactory(kickoff=kickoff).person
    for account in AccountFactory.create_batch(3):
        OpportunityFactory(owner=rep, account=account, stage="WON", value=5)

    def accept():
        return actions.accept_proposals(kickoff=kickoff, role="AE", chosen=None, by=revops, at=NOON)

    answers = at_once(accept, times=2)

    assert sum(isinstance(each, actions.TerritoryRefused) for each in answers) == 1
    assert SalesTerritory.objects.count() == 1
    assert OwnershipChange.objects.count() == 3
