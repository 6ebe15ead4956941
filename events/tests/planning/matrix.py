from django.core.files.base import ContentFile

from core.tests.access import PLANNERS, Row, slug
from events.planning.models import Dependency, TaskComment, TaskFile, TaskItem, WorkstreamOwner
from events.tests.factories import PlanningTaskFactory
from people.files.actions import keep_file
from people.files.rules import DOCUMENTS


def prepare(world):
    world.things["task"] = PlanningTaskFactory(kickoff=world.kickoff)
    other = PlanningTaskFactory(kickoff=world.kickoff)
    Dependency.objects.create(task=world.things["task"], predecessor=other)
    WorkstreamOwner.objects.create(kickoff=world.kickoff, workstream="Partners")
    # Somebody who sees nothing else of the kickoff
    given = PlanningTaskFactory(kickoff=world.kickoff, owner=world["outsider"])
    world.things |= {
        "given": given,
        "held": _held(given),
        "removed": _held(world.things["task"]),
        "step": TaskItem.objects.create(task=given, text="Ask", place=0),
        "comment": TaskComment.objects.create(
            task=given, author=world["outsider"], text="Done soon.", written_at=given.created_at
        ),
    }


def _held(task):
    upload = ContentFile(b"Two buses.", "buses.txt")
    file = keep_file(upload=upload, kinds=DOCUMENTS, by=None, at=task.created_at)
    return TaskFile.objects.create(task=task, file=file)


def task(world):
    return {"slug": world.kickoff.slug, "task_id": world.things["task"].pk}


def given(world):
    return {"slug": world.kickoff.slug, "task_id": world.things["given"].pk}


def step(world):
    return {**given(world), "item_id": world.things["step"].pk}


def comment(world):
    return {**given(world), "comment_id": world.things["comment"].pk}


def held(world):
    return {**given(world), "file_id": world.things["held"].pk}


def removed(world):
    return {**task(world), "file_id": world.things["removed"].pk}


OWNER = frozenset({"outsider"})
BOTH = OWNER | PLANNERS
ROWS = [
    Row("events:planning:list", PLANNERS, slug),
    Row("events:planning:board", PLANNERS, slug),
    Row("events:planning:calendar", PLANNERS, slug),
    Row("events:planning:gantt", PLANNERS, slug),
    Row("events:planning:digest", BOTH | {"executive"}, slug),
    Row("events:planning:settings", PLANNERS, slug),
    Row("events:planning:baseline", PLANNERS, slug, method="post"),
    Row("events:planning:shift", PLANNERS, task, method="post", data=lambda world: {"days": "1"}),
    Row(
        "events:planning:place",
        PLANNERS,
        task,
        method="post",
        data=lambda world: {"by": "state", "column": "done"},
    ),
    Row("events:planning:add", PLANNERS, slug),
    Row("events:planning:add", PLANNERS, slug, method="post"),
    Row("events:planning:owner", PLANNERS, slug, method="post"),
    Row(
        "events:planning:add_workstream",
        PLANNERS,
        slug,
        method="post",
        data=lambda world: {"name": "Travel"},
    ),
    Row(
        "events:planning:remove_workstream",
        PLANNERS,
        slug,
        method="post",
        data=lambda world: {"workstream": "Partners"},
    ),
    Row(
        "events:planning:plan_date",
        PLANNERS,
        slug,
        method="post",
        data=lambda world: {"plan_date": "2027-02-01"},
    ),
    Row("events:planning:edit", PLANNERS, task),
    Row("events:planning:link", PLANNERS, task, method="post", ok=frozenset({422})),
    Row("events:planning:unlink", PLANNERS, task, method="post"),
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
    Row("events:planning:edit", PLANNERS, given),
    Row("events:planning:toggle", PLANNERS, given, method="post"),
    Row("events:planning:mine", BOTH, given),
    Row("events:planning:task", PLANNERS, task),
    Row("events:planning:task", BOTH, given),
    Row("events:planning:tick", PLANNERS, task, method="post"),
    Row("events:planning:tick", BOTH, given, method="post"),
    Row("events:planning:add_item", PLANNERS, task, method="post", ok=frozenset({422})),
    Row(
        "events:planning:add_item",
        BOTH,
        given,
        method="post",
        data=lambda world: {"text": "Call them"},
    ),
    Row("events:planning:item", BOTH, step, method="post", data=lambda world: {"do": "done"}),
    Row(
        "events:planning:comment",
        BOTH,
        given,
        method="post",
        data=lambda world: {"text": "Any news?"},
    ),
    Row("events:planning:add_file", BOTH, given, method="post", ok=frozenset({422})),
    Row("events:planning:file", BOTH, held),
    Row("events:planning:remove_file", PLANNERS, removed, method="post"),
    Row("events:planning:comment", PLANNERS, task, method="post", ok=frozenset({422})),
    Row("events:planning:edit_comment", OWNER, comment),
    Row(
        "events:planning:edit_comment",
        OWNER,
        comment,
        method="post",
        data=lambda world: {"text": "Done now."},
    ),
    Row("events:planning:delete_comment", OWNER, comment, method="post"),
    Row("events:planning:delete", PLANNERS, task, method="post"),
]
