from django.utils import timezone

from agenda.feeds.actions import make_address
from agenda.feeds.queries import token_of
from core.tests.access import EVERYBODY, SEE_KICKOFF, Row, slug


def prepare(world):
    world.things["feed"] = make_address(by=world["rep"], at=timezone.now())


def _link(world):
    return {"token": token_of(world.things["feed"])}


def _session(world):
    return {"slug": world.kickoff.slug, "session_id": world.things["session"].pk}


ROWS = [
    Row("agenda:feeds:address", SEE_KICKOFF, slug),
    Row("agenda:feeds:address", SEE_KICKOFF, slug, method="post"),
    Row("agenda:feeds:entry", SEE_KICKOFF, _session),
    Row("agenda:calendar_by_link", EVERYBODY, _link),
]
