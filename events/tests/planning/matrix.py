from core.tests.access import PLANNERS, Row, slug
from events.tests.factories import PlanningTaskFactory


def prepare(world):
    world.things["task"] = PlanningTaskFactory(kickoff=world.kickoff)


def task(world):
    return {"slug": world.kickoff.slug, "task_id": world.things["task"].pk}


ROWS = [
    Row("events:planning:list", PLANNERS, slug),
    Row("events:planning:add", PLANNERS, slug),
    Row("events:planning:add", PLANNERS, slug, method="post"),
    Row("events:planning:owner", PLANNERS, slug, method="post"),
    Row("events:planning:edit", PLANNERS, task),
    Row("events:planning:edit", PLANNERS, task, method="post"),
    Row("events:planning:several", PLANNERS, slug, method="post", ok=frozenset({422})),
    Row(
        "events:planning:change",
        PLANNERS,
        task,
        method="post",
        data=lambda world: {"due": "2027-01-20"},
    ),
    Row("events:planning:toggle", PLANNERS, task, method="post"),
    Row("events:planning:delete", PLANNERS, task, method="post"),
]
