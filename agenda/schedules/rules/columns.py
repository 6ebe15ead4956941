"""The one table that every dialect becomes."""

HEADERS = (
    "id",
    "title",
    "type",
    "room",
    "starts",
    "minutes",
    "speakers",
    "outcome",
    "description",
)
BETWEEN = "; "  # speakers of a cell
OURS = "sko-"  # before the number of a session of ours


class Unreadable(Exception):
    """The file is no programme that we read. The text says what it is instead."""
