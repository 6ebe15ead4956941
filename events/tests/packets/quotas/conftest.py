import pytest

from events.tests.packets.quotas.factories import QuotaNodeFactory, QuotaPlanFactory, team_of
from events.tests.packets.quotas.pages import QUOTA, TARGET
from events.tests.world import build_world
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


@pytest.fixture
def world():
    world = build_world()
    world.things["plan"] = plan = QuotaPlanFactory(kickoff=world.kickoff, target=TARGET)
    for role in ("manager", "other_manager"):
        QuotaNodeFactory(plan=plan, person=world[role], amount=4_000_000)
    QuotaNodeFactory(plan=plan, person=world["rep"], amount=QUOTA)
    QuotaNodeFactory(plan=plan, person=world["peer"], amount=5_400_000)
    return world


@pytest.fixture
def desk(client, world):
    client.force_login(world["revops"])
    return client
