from django.core.files.base import ContentFile

from core.imports.uploads import store_upload
from core.tests.access import EVERYBODY, ON_THE_ROSTER, PLANNERS, Row, slug
from events.attendance.models import SeatRequest
from events.attendance.queries import answer_token
from events.tests.factories import AttendeeFactory

READERS = frozenset({"planner", "revops", "executive"})


def prepare(world):
    world.things["attendee"] = AttendeeFactory(kickoff=world.kickoff)
    world.things["seat_request"] = SeatRequest.objects.create(
        attendee=world.things["attendee"],
        person=world["outsider"],
        asked_at=world.things["attendee"].added_at,
    )
    world.things["roster_upload"] = store_upload(
        ContentFile(b"full_name,email\nBo Ek,bo@x.example\n", "roster.csv"),
        owner_id=world["planner"].pk,
        purpose=f"roster:{world.kickoff.slug}",
        at=world.things["attendee"].added_at,
    )


def _attendee(world):
    return {"slug": world.kickoff.slug, "attendee_id": world.things["attendee"].pk}


def _link(world):
    return {"token": answer_token(world.things["attendee"])}


def _asked(world):
    return {"slug": world.kickoff.slug, "request_id": world.things["seat_request"].pk}


def _upload(world):
    return {"slug": world.kickoff.slug, "token": world.things["roster_upload"]}


ROWS = [
    Row("events:attendance:roster", READERS, slug),
    Row("events:attendance:export", READERS, slug),
    Row("events:attendance:import", PLANNERS, slug),
    Row("events:attendance:preview", PLANNERS, _upload),
    Row("events:attendance:preview", PLANNERS, _upload, method="post"),
    Row("events:attendance:add", PLANNERS, slug),
    Row("events:attendance:add", PLANNERS, slug, method="post"),
    Row("events:attendance:several", PLANNERS, slug, method="post", ok=frozenset({422})),
    Row("events:attendance:invite", PLANNERS, slug, method="post"),
    Row("events:attendance:person", PLANNERS, _attendee),
    Row("events:attendance:remove", PLANNERS, _attendee, method="post"),
    Row("events:attendance:answer", ON_THE_ROSTER, slug),
    Row(
        "events:attendance:answer",
        ON_THE_ROSTER,
        slug,
        method="post",
        data=lambda world: {"coming": "yes"},
    ),
    Row("events:attendance:substitute", ON_THE_ROSTER, slug, method="post"),
    Row("events:attendance:waiting", PLANNERS, slug),
    Row("events:attendance:places", PLANNERS, slug),
    Row("events:attendance:places", PLANNERS, slug, method="post", ok=frozenset({422})),
    Row("events:attendance:seat", PLANNERS, _attendee, method="post"),
    Row("events:answer_by_link", EVERYBODY, _link),
    Row("events:answer_by_link", EVERYBODY, _link, method="post"),
    Row("events:calendar_by_link", EVERYBODY, _link),
    Row("events:attendance:decide_seat", PLANNERS, _asked, method="post"),
]
