from core.tests.access import PLANNERS, SIGNED_IN, Row
from people.tests.factories import NoticeFactory


def prepare(world):
    world.things["notice"] = NoticeFactory(person=world["rep"])


def _notice(world):
    return {"notice_id": world.things["notice"].pk}


ROWS = [
    Row("people:bell:show", SIGNED_IN),
    Row("people:bell:mark_all_read", SIGNED_IN, method="post"),
    Row("people:bell:open", frozenset({"rep"}), _notice, method="post"),
    Row("people:bell:mails", SIGNED_IN),
    Row("people:bell:all_mails", PLANNERS),
    Row("people:bell:mail", PLANNERS, lambda world: {"number": 0}),
]
