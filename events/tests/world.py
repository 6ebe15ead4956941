from dataclasses import dataclass, field
from typing import Any

from events.kickoff.models import Kickoff
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.tests.factories import (
    ExecutiveFactory,
    PersonFactory,
    PlannerFactory,
    RevOpsFactory,
    TeamFactory,
)


@dataclass
class World:
    """A small company at one kickoff, for the access matrix and the page tests."""

    kickoff: Kickoff
    people: dict[str, Person]
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Person:
        return self.people[role]


def build_world(**kickoff_fields: Any) -> World:
    team = TeamFactory()
    boss = PersonFactory(full_name="Ines Carvalhal")
    people = {
        "planner": PlannerFactory(full_name="Priya Raghunathan"),
        "revops": RevOpsFactory(full_name="Mateusz Wiśniewski"),
        "executive": ExecutiveFactory(full_name="Amara Diallo"),
        "outsider": PersonFactory(full_name="Ola Nordmann"),
        "manager": PersonFactory(full_name="Søren Lindqvist", manager=boss, team=team),
        "other_manager": PersonFactory(full_name="佐藤 美咲", manager=boss),
    }
    people["rep"] = PersonFactory(
        full_name="Aïcha Benyahia", manager=people["manager"], team=team, region=team.region
    )
    people["peer"] = PersonFactory(full_name="Thabo Nkosi", manager=people["other_manager"])
    kickoff = KickoffFactory(owner=people["planner"], **kickoff_fields)
    for role in ("rep", "peer"):
        AttendeeFactory(kickoff=kickoff, person=people[role])
    for role in ("manager", "other_manager"):
        AttendeeFactory(kickoff=kickoff, person=people[role], kind="MANAGER")
    return World(kickoff=kickoff, people=people)
