from datetime import UTC, datetime

from core.tests.access import EVERYBODY, REVOPS, Row
from people.accounts.models import AddressChange, RoleChange


def _address(world):
    change = AddressChange.objects.create(
        person=world["rep"],
        email="elsewhere@example.com",
        asked_by=world["planner"],
        asked_at=datetime(2027, 1, 12, 12, tzinfo=UTC),
    )
    return {"change_id": change.pk}


def _role(world):
    change = RoleChange.objects.create(
        person=world["rep"],
        asked_by=world["planner"],
        asked_at=datetime(2027, 1, 12, 12, tzinfo=UTC),
    )
    return {"change_id": change.pk}


def _forged(world):
    return {"token": "forged"}


ROWS = [
    Row("people:changes:list", REVOPS),
    Row("people:changes:confirm", REVOPS, method="post"),
    Row("people:changes:put_back", REVOPS, method="post"),
    Row("people:changes:decide_address", REVOPS, _address, method="post"),
    Row("people:changes:decide_role", REVOPS, _role, method="post"),
    Row("people:changes:agree", EVERYBODY, _forged, ok=frozenset({410})),
    Row("people:changes:agree", EVERYBODY, _forged, method="post", ok=frozenset({410})),
]
