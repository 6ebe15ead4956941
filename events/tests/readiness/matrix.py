from core.tests.access import PLANNERS, Row, slug

WATCH = frozenset({"planner", "executive"})


def a_check(world):
    return slug(world) | {"key": "bets.count"}


def a_threshold(world):
    return slug(world) | {"key": "prework.done"}


ROWS = [
    Row("events:readiness:page", WATCH, slug),
    Row("events:readiness:waive", PLANNERS, a_check),
    Row("events:readiness:waive", PLANNERS, a_check, method="post"),
    Row("events:readiness:threshold", PLANNERS, a_threshold),
    Row("events:readiness:threshold", PLANNERS, a_threshold, method="post"),
    Row("events:readiness:end", PLANNERS, a_check, method="post"),
]
