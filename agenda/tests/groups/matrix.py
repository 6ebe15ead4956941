from datetime import UTC, datetime

from agenda.groups.models import Grouping, Place, Round, RoundSession, Solving
from agenda.tests.factories import TraySessionFactory
from core.tests.access import ON_THE_ROSTER, PLANNERS, SEE_KICKOFF, Row, slug

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def prepare(world):
    grouping = Grouping.objects.create(kickoff=world.kickoff, kind="CLINIC", title="Clinics")
    round_ = Round.objects.create(grouping=grouping, number=1)
    RoundSession.objects.create(round=round_, session=TraySessionFactory(kickoff=world.kickoff))
    Place.objects.create(round=round_, person=world["rep"])
    world.things["grouping"] = grouping
    world.things["solving"] = Solving.objects.create(
        grouping=grouping, by=world["planner"], version=1, seconds=1, queued_at=AT
    )


def grouping(world):
    return slug(world) | {"grouping_id": world.things["grouping"].pk}


def solving(world):
    return slug(world) | {"solving_id": world.things["solving"].pk}


ROWS = [
    Row("agenda:groups:list", PLANNERS, slug),
    Row("agenda:groups:create", PLANNERS, slug),
    Row("agenda:groups:create", PLANNERS, slug, method="post"),
    Row("agenda:groups:mine", ON_THE_ROSTER, slug),
    Row("agenda:groups:board", PLANNERS, grouping),
    Row("agenda:groups:connections", PLANNERS, grouping),
    Row("agenda:groups:rules", PLANNERS, grouping),
    Row("agenda:groups:rules", PLANNERS, grouping, method="post"),
    Row("agenda:groups:change", PLANNERS, grouping, method="post"),
    Row("agenda:groups:solve", PLANNERS, grouping, method="post"),
    Row("agenda:groups:release", PLANNERS, grouping, method="post"),
    Row("agenda:groups:solving", PLANNERS, solving),
    Row("api:groups-list", SEE_KICKOFF, slug, login=frozenset({401})),
]
