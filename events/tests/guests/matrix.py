from django.utils import timezone

from core.tests.access import EVERYBODY, PLANNERS, Row, slug
from events.guests.models import Guest
from events.guests.queries import token_of
from people.tests.factories import GuestFactory


def prepare(world):
    world.things["guest"] = Guest.objects.create(
        kickoff=world.kickoff,
        person=GuestFactory(full_name="Nakamura Yui"),
        company="Harbor Freight Lines",
        invited_by=world["planner"],
        invited_at=timezone.now(),
    )


def _guest(world):
    return {"slug": world.kickoff.slug, "guest_id": world.things["guest"].pk}


def _link(world):
    return {"token": token_of(world.things["guest"])}


ROWS = [
    # Guests are none of the roles here: `sko_planner/tests/roles/test_guests.py` walks as one
    Row("events:guests:home", frozenset()),
    Row("events:guests:list", PLANNERS, slug),
    Row("events:guests:add", PLANNERS, slug),
    Row("events:guests:add", PLANNERS, slug, method="post", ok=frozenset({422})),
    Row("events:guests:again", PLANNERS, _guest, method="post"),
    Row("events:guests:place", PLANNERS, _guest, method="post"),
    Row("events:guests:end", PLANNERS, _guest, method="post"),
    Row("events:guests:colleague", PLANNERS, _guest, method="post"),
    Row("events:guest_by_link", EVERYBODY, _link),
]
