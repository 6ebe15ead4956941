"""Which dialect a file speaks, told by its content; any of them becomes rows of one table."""

from collections.abc import Sequence

from agenda.schedules.rules.calendars import CALENDAR_HEADERS, calendar_rows
from agenda.schedules.rules.columns import HEADERS
from agenda.schedules.rules.frab import frab_rows

_START = 512  # bytes in which a file says what it is


def as_rows(data: bytes) -> tuple[Sequence[str], list[Sequence[str]]] | None:
    """
    The sessions of a schedule in XML or of a calendar, as headers and rows; None where the file is
    neither, so that it may be a table.

    :raises Unreadable: XML of another dialect, named by its first element; or torn
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:_START]
    if start.startswith(b"<"):
        return HEADERS, frab_rows(data)
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        return CALENDAR_HEADERS, calendar_rows(data)
    return None
