from datetime import UTC, datetime

from django.core.files.base import ContentFile

from core.imports.uploads import store_upload
from core.tests.access import Row

READERS = frozenset({"planner", "revops"})


def prepare(world):
    file = ContentFile(b"id,owner,stage\n1,Nobody,Won\n", "deals.csv")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    world.things["deals_upload"] = store_upload(
        file, owner_id=world["revops"].pk, purpose="opportunities", at=at
    )


def _upload(world):
    return {"token": world.things["deals_upload"]}


def _forged(world):
    return {"token": "forged"}


ROWS = [
    Row("events:deals:accounts", READERS),
    Row("events:deals:accounts_import", READERS),
    Row("events:deals:accounts_import", READERS, method="post"),
    Row("events:deals:accounts_preview", READERS, _forged),
    Row("events:deals:accounts_preview", READERS, _forged, method="post"),
    Row("events:deals:list", READERS),
    Row("events:deals:import", READERS),
    Row("events:deals:import", READERS, method="post"),
    Row("events:deals:preview", READERS, _upload),
    Row("events:deals:preview", READERS, _upload, method="post"),
]
