from datetime import UTC, datetime

from django.core.files.base import ContentFile

from agenda.door.actions import name_keeper
from agenda.door.models import BadgeRun
from core.tests.access import PLANNERS, Row, slug
from people.files.actions import keep_file
from people.files.rules import DOCUMENTS

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
DOOR = frozenset({"planner", "peer"})  # a planner gave it to the peer


def prepare(world):
    named = {"by": world["planner"], "at": AT, "kickoff": world.kickoff}
    world.things["keeper"] = name_keeper(person=world["peer"], **named)
    pdf = b"%PDF-1.7\n%\xb5\xb5\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    file = keep_file(
        upload=ContentFile(pdf, "badges.pdf"), kinds=DOCUMENTS, by=world["planner"], at=AT
    )
    world.things["badge_run"] = BadgeRun.objects.create(
        label={"width": 90, "height": 55, "sheet": "", "gap": 0},
        with_back=False,
        language="en",
        badges=[],
        total=0,
        state=BadgeRun.State.READY,
        file=file,
        asked_at=AT,
        kickoff=world.kickoff,
        by=world["planner"],
    )


def keeper(world):
    return slug(world) | {"keeper_id": world.things["keeper"].pk}


def seat(world):
    attendee = world.kickoff.attendees.get(person=world["rep"])
    return slug(world) | {"attendee_id": attendee.pk}


def run(world):
    return slug(world) | {"run_id": world.things["badge_run"].pk}


def batch(world):
    return {"sent_at": AT.isoformat(), "scans": []}


ROWS = [
    Row("agenda:door:page", DOOR, slug),
    Row("agenda:door:page", DOOR, slug, method="post"),
    Row("agenda:door:counts", DOOR, slug),
    Row("agenda:door:roster", DOOR, slug),
    Row("agenda:door:correct", DOOR, seat, method="post"),
    Row("agenda:door:badges", PLANNERS, slug),
    Row("agenda:door:badges", PLANNERS, slug, method="post"),
    Row("agenda:door:badge_run", PLANNERS, run),
    Row("agenda:door:badge_file", PLANNERS, run),
    Row("agenda:door:desk", PLANNERS, slug),
    Row("agenda:door:desk", PLANNERS, slug, method="post"),
    Row("agenda:door:dismiss", PLANNERS, keeper, method="post"),
]
