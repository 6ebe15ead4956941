import pytest

from events.tests.quotas.factories import QuotaPlanFactory, team_of
from people.tests.factories import RevOpsFactory


@pytest.fixture
def by():
    return RevOpsFactory(full_name="Mateusz Wiśniewski")


@pytest.fixture
def plan():
    """Two managers with two reps each; 10,000,000 EUR, 5% a level, by headcount."""
    plan = QuotaPlanFactory()
    for _ in range(2):
        team_of(plan.kickoff, 2)
    return plan
