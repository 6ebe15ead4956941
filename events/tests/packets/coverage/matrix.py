"""Who gets an answer at which URL of reminders."""

from core.tests.access import Row, slug

DESK = frozenset({"planner", "revops"})

ROWS = [
    Row("events:packets:coverage:reminders", DESK, slug),
    Row(
        "events:packets:coverage:remind",
        DESK,
        slug,
        method="post",
        data=lambda world: {"whom": "UNSIGNED"},
    ),
]
