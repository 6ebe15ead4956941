from datetime import date

from core.tests.access import PLANNERS, Row
from people.calendar.models import ClosingDay, Leave

THE_REP = PLANNERS | {"rep"}


def prepare(world):
    world.things["closing_day"] = ClosingDay.objects.create(date=date(2027, 12, 27))
    world.things["leave"] = Leave.objects.create(
        person=world["rep"], starts_date=date(2027, 8, 2), ends_date=date(2027, 8, 13)
    )


def day(world):
    return {"closing_day_id": world.things["closing_day"].pk}


def rep(world):
    return {"person_id": world["rep"].pk}


def leave(world):
    return rep(world) | {"leave_id": world.things["leave"].pk}


ROWS = [
    Row("people:calendar:closing_days", PLANNERS),
    Row("people:calendar:closing_days", PLANNERS, method="post"),
    Row("people:calendar:remove_closing_day", PLANNERS, day, method="post"),
    Row("people:calendar:leave", THE_REP, rep),
    Row("people:calendar:leave", THE_REP, rep, method="post"),
    Row("people:calendar:remove_leave", THE_REP, leave, method="post"),
]
