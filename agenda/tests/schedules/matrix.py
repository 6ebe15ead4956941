from datetime import UTC, datetime

from django.core.files.base import ContentFile

from core.imports.uploads import store_upload
from core.tests.access import PLANNERS, Row, slug


def prepare(world):
    file = ContentFile(b"id,title,minutes\n1,Opening,45\n", "programme.csv")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    purpose = f"programme:{world.kickoff.slug}"
    world.things["programme_upload"] = store_upload(
        file, owner_id=world["planner"].pk, purpose=purpose, at=at
    )


def _upload(world):
    return {"slug": world.kickoff.slug, "token": world.things["programme_upload"]}


def _kind(world):
    return {"slug": world.kickoff.slug, "kind": "xml"}


ROWS = [
    Row("agenda:schedules:import", PLANNERS, slug),
    Row("agenda:schedules:import", PLANNERS, slug, method="post"),
    Row("agenda:schedules:preview", PLANNERS, _upload),
    Row("agenda:schedules:preview", PLANNERS, _upload, method="post"),
    Row("agenda:schedules:export", PLANNERS, _kind),
]
