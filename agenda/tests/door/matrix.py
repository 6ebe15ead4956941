from datetime import UTC, datetime

from agenda.door.actions import name_keeper
from core.tests.access import PLANNERS, Row, slug

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
DOOR = frozenset({"planner", "peer"})  # a planner gave it to the peer


def prepare(world):
    named = {"by": world["planner"], "at": AT, "kickoff": world.kickoff}
    world.things["keeper"] = name_keeper(person=world["peer"], **named)


def keeper(world):
    return slug(world) | {"keeper_id": world.things["keeper"].pk}


def seat(world):
    attendee = world.kickoff.attendees.get(person=world["rep"])
    return slug(world) | {"attendee_id": attendee.pk}


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
    Row("agenda:door:desk", PLANNERS, slug),
    Row("agenda:door:desk", PLANNERS, slug, method="post"),
    Row("agenda:door:dismiss", PLANNERS, keeper, method="post"),
]
