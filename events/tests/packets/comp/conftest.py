import pytest

from events.tests.packets.comp.factories import CompPlanFactory, PersonCompFactory, RolePayFactory
from events.tests.packets.comp.pages import BASE, TARGET
from events.tests.world import build_world


@pytest.fixture
def world():
    """Two reps on one plan: `rep` with comp of their own, `peer` with what the title gives."""
    world = build_world()
    for role in ("rep", "peer"):
        world[role].job_title = "Mid-market AE, Lyon"
        world[role].save(update_fields=["job_title"])
    world.things["plan"] = CompPlanFactory(
        kickoff=world.kickoff, name="Mid-market plan", titles=["Mid-market AE"]
    )
    world.things["pay"] = RolePayFactory(kickoff=world.kickoff, base=BASE, target=TARGET)
    world.things["own"] = PersonCompFactory(
        kickoff=world.kickoff, person=world["rep"], base=BASE, target=TARGET
    )
    return world
