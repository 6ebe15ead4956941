import pytest

from events.tests.world import build_world


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def planner(client, world):
    client.force_login(world["planner"])
    return client


@pytest.fixture
def rep(client, world):
    client.force_login(world["rep"])
    return client
