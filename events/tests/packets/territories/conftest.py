from datetime import UTC, datetime

import pytest

from events.tests.factories import AccountFactory, KickoffFactory, SalesTerritoryFactory
from people.tests.factories import PersonFactory, RevOpsFactory

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def kickoff(db):
    return KickoffFactory()


@pytest.fixture
def revops(db):
    return RevOpsFactory(full_name="Mateusz Wiśniewski")


@pytest.fixture
def accounts(db):
    return [AccountFactory(name=name) for name in ("Aurelia", "Brabant", "Cascade", "Deccan")]


@pytest.fixture
def north(kickoff, accounts):
    """Aurelia and Brabant by name, in the hands of Ada."""
    owner = PersonFactory(full_name="Ada North")
    return SalesTerritoryFactory(kickoff=kickoff, name="North", owner=owner, named=accounts[:2])


@pytest.fixture
def south(kickoff, accounts):
    """Cascade by name, in the hands of Bo."""
    owner = PersonFactory(full_name="Bo South")
    return SalesTerritoryFactory(kickoff=kickoff, name="South", owner=owner, named=accounts[2:3])
