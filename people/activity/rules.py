"""When a guarded row may change: while a passage (a recorded exception, as a new key) is open."""


def while_open(*reasons: str) -> str:
    """The SQL condition that a passage for one of some reasons is open, for a table's guard."""
    listed = ", ".join(f"'{reason}'" for reason in reasons)
    passages = "FROM people_passage WHERE people_passage.open_id IS NOT NULL"
    return f"EXISTS (SELECT 1 {passages} AND people_passage.reason IN ({listed}))"
