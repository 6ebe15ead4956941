from datetime import UTC, datetime

import pytest

from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionFactory
from events.tests.world import build_world

BEGAN = datetime(2026, 2, 3, 9, tzinfo=UTC)


@pytest.fixture
def world():
    """A kickoff with a session, “Renewal pricing”, that began long ago and was released."""
    world = build_world()
    world.things["session"] = SessionFactory(
        kickoff=world.kickoff, title="Renewal pricing", starts_at=BEGAN
    )
    release_agenda(
        kickoff=world.kickoff, by=world["planner"], at=BEGAN, override_reason="It is over"
    )
    return world
