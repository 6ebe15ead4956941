from core.tests.access import PLANNERS, Row
from people.tests.factories import MessageFactory


def prepare(world):
    world.things["message"] = MessageFactory(state="DEAD")


def _message(world):
    return {"message_id": world.things["message"].pk}


ROWS = [
    Row("people:mail:outbox", PLANNERS),
    Row("people:mail:files", frozenset()),  # in debug only, and then for planners
    Row("people:mail:retry", PLANNERS, _message, method="post"),
    Row("people:mail:mark_sent", PLANNERS, _message, method="post"),
]
