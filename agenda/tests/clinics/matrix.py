from datetime import UTC, datetime

from agenda.clinics.models import Turn
from agenda.tests.clinics.room import build_clinic, clock, hand_in
from core.tests.access import ON_THE_ROSTER, PLANNERS, Row, slug

AFTERNOON = datetime(2027, 2, 3, 14, tzinfo=UTC)  # when nothing of the agenda's matrix is on
LEADS = frozenset({"peer", "planner"})
WITHIN = frozenset({"peer", "rep"})
READERS = frozenset({"rep", "peer", "manager", "planner", "revops"})
LISTS = frozenset({"manager", "other_manager", "planner", "revops"})


def prepare(world):
    """The peer leads a group in which the rep brings a deal, and is done with it."""
    hand_in(world.kickoff, world["rep"], "Halden Kulde")
    clinic = build_clinic(world.kickoff, world["peer"], [world["rep"]], starts_at=AFTERNOON)
    over = clock(clinic.key(), part=6, minutes=30)
    clinic.do(clock(clinic.key()), over)
    world.things["clinic"] = clinic
    world.things["turn"] = Turn.objects.get(group=clinic.group)


def group(world):
    return slug(world) | {"group_id": world.things["clinic"].group.pk}


def turn(world):
    return slug(world) | {"turn_id": world.things["turn"].pk}


ROWS = [
    Row("agenda:clinics:mine", ON_THE_ROSTER, slug),
    Row("agenda:clinics:board", PLANNERS, slug),
    Row("agenda:clinics:timing", PLANNERS, slug),
    Row("agenda:clinics:timing", PLANNERS, slug, method="post"),
    Row("agenda:clinics:room", LEADS, group),
    Row("agenda:clinics:take", WITHIN | PLANNERS, group, method="post"),
    Row("agenda:clinics:now", WITHIN, group),
    Row("agenda:clinics:score", WITHIN, group, method="post"),
    Row("agenda:clinics:sheets", LISTS, slug),
    Row("agenda:clinics:sheet", READERS, turn),
    Row("agenda:clinics:sheet_pdf", READERS, turn),
]
