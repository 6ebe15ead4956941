from datetime import UTC, datetime

from core.tests.access import EVERYBODY, REVOPS, Row
from people.accounts.models import AddressChange, ReturnChange, RoleChange


def prepare(world):
    asked = {
        "person": world["rep"],
        "asked_by": world["planner"],
        "asked_at": datetime(2027, 1, 12, 12, tzinfo=UTC),
    }
    world.things["address_change"] = AddressChange.objects.create(
        email="elsewhere@example.com", **asked
    )
    world.things["role_change"] = RoleChange.objects.create(**asked)
    world.things["return_change"] = ReturnChange.objects.create(**asked)


def _address(world):
    return {"change_id": world.things["address_change"].pk}


def _role(world):
    return {"change_id": world.things["role_change"].pk}


def _return(world):
    return {"change_id": world.things["return_change"].pk}


def _forged(world):
    return {"token": "forged"}


ROWS = [
    Row("people:changes:list", REVOPS),
    Row("people:changes:confirm", REVOPS, method="post"),
    Row("people:changes:put_back", REVOPS, method="post"),
    Row("people:changes:decide_address", REVOPS, _address, method="post"),
    Row("people:changes:decide_role", REVOPS, _role, method="post"),
    Row("people:changes:decide_return", REVOPS, _return, method="post"),
    Row("people:changes:agree_to_returns", REVOPS, method="post"),
    Row("people:changes:agree", EVERYBODY, _forged, ok=frozenset({410})),
    Row("people:changes:agree", EVERYBODY, _forged, method="post", ok=frozenset({410})),
]
