from datetime import UTC, datetime

from django.core.files.base import ContentFile

from core.tests.access import ON_THE_ROSTER, PLANNERS, Row, slug
from events.prework.models import AssignmentFile
from events.tests.factories import AssignmentFactory, PreworkItemFactory
from people.files.actions import keep_file
from people.files.rules import DOCUMENTS

REP = frozenset({"rep"})
MANAGERS = frozenset({"manager", "other_manager"})
ABOVE_THE_REP = frozenset({"planner", "manager"})


def prepare(world):
    world.things["assignment"] = AssignmentFactory(
        kickoff=world.kickoff, kind="SUBMIT", published_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    world.things["item"] = PreworkItemFactory(
        assignment=world.things["assignment"], person=world["rep"]
    )
    upload = ContentFile(b"Turn left at the harbour.", "Way.txt")
    file = keep_file(upload=upload, kinds=DOCUMENTS, by=None, at=datetime(2020, 1, 1, tzinfo=UTC))
    world.things["prework_file"] = AssignmentFile.objects.create(
        assignment=world.things["assignment"], file=file
    )


def assignment(world):
    return {"slug": world.kickoff.slug, "assignment_id": world.things["assignment"].pk}


def item(world):
    return {"slug": world.kickoff.slug, "item_id": world.things["item"].pk}


def file(world):
    return {"slug": world.kickoff.slug, "file_id": world.things["prework_file"].pk}


ROWS = [
    Row("events:prework:board", PLANNERS, slug),
    Row("events:prework:create", PLANNERS, slug),
    Row("events:prework:create", PLANNERS, slug, method="post"),
    Row("events:prework:reach", PLANNERS, slug),
    Row("events:prework:missing", PLANNERS, assignment),
    Row("events:prework:edit", PLANNERS, assignment),
    Row("events:prework:edit", PLANNERS, assignment, method="post"),
    Row("events:prework:assign", PLANNERS, assignment, method="post"),
    Row("events:prework:withdraw", PLANNERS, assignment, method="post"),
    Row("events:prework:remind", PLANNERS, assignment, method="post"),
    Row("events:prework:submission", ABOVE_THE_REP, item),
    Row("events:prework:reopen", ABOVE_THE_REP, item, method="post"),
    Row("events:prework:review", ABOVE_THE_REP, item, method="post"),
    Row("events:prework:comment", ABOVE_THE_REP | REP, item, method="post"),
    Row("events:prework:mine", ON_THE_ROSTER, slug),
    Row("events:prework:item", REP, item),
    Row("events:prework:item", REP, item, method="post"),
    Row("events:prework:done", REP, item, method="post"),
    Row("events:prework:people", PLANNERS, slug),
    Row("events:prework:export", PLANNERS | MANAGERS, slug),
    Row("events:prework:plan", PLANNERS, slug),
    Row("events:prework:plan", PLANNERS, slug, method="post"),
    Row("events:prework:files", PLANNERS, assignment),
    Row("events:prework:files", PLANNERS, assignment, method="post"),
    Row("events:prework:remove_file", PLANNERS, file, method="post"),
    Row("events:prework:file", ABOVE_THE_REP | REP, file),
    Row("events:prework:handed", frozenset(), item),
    Row("events:prework:draft", REP, item, method="post", ok=frozenset({200, 409})),
    Row("events:prework:watched", REP, item, method="post", ok=frozenset({422})),
    Row("events:prework:quiz", REP, item, method="post"),
    Row("events:prework:accept", REP, item, method="post"),
    Row("events:prework:undo", REP, item, method="post"),
    Row("events:prework:team", MANAGERS, slug),
]
