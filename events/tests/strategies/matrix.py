from datetime import UTC, datetime

from core.tests.access import PLANNERS, Row
from events.strategies.rules import Content
from events.tests.factories import AssignmentFactory, PreworkItemFactory, StrategyFactory

REP = frozenset({"rep"})
READERS = frozenset({"rep", "planner", "manager"})


def prepare(world):
    world.things["strategies"] = AssignmentFactory(
        kickoff=world.kickoff, kind="STRATEGY", published_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    world.things["strategies_item"] = PreworkItemFactory(
        assignment=world.things["strategies"], person=world["rep"]
    )
    world.things["strategy"] = StrategyFactory(
        item=world.things["strategies_item"], draft=Content(ask="Help").kept()
    )


def item(world):
    return {"slug": world.kickoff.slug, "item_id": world.things["strategies_item"].pk}


def strategy(world):
    return {**item(world), "strategy_id": world.things["strategy"].pk}


def assignment(world):
    return {"slug": world.kickoff.slug, "assignment_id": world.things["strategies"].pk}


ROWS = [
    Row("events:strategies:mine", REP, item),
    Row("events:strategies:mine", REP, item, method="post"),
    Row("events:strategies:edit", REP, strategy),
    Row("events:strategies:edit", REP, strategy, method="post"),
    Row("events:strategies:draft", REP, strategy, method="post", ok=frozenset({200, 422})),
    Row("events:strategies:drop", REP, strategy, method="post"),
    Row("events:strategies:read", READERS, item),
    Row("events:strategies:brief", PLANNERS, assignment),
    Row("events:strategies:brief", PLANNERS, assignment, method="post"),
]
