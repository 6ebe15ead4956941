"""Which dialect a file speaks, told by its content; any of them becomes rows of one table."""

from collections.abc import Callable, Sequence

from agenda.schedules.rules.calendars import calendar_rows
from agenda.schedules.rules.frab import frab_rows

_START = 512  # bytes in which a file says what it is


def as_rows(data: bytes) -> list[Sequence[str]] | None:
    """
    The sessions of a schedule in XML or of a calendar, as rows under `HEADERS`; None where the file
    is neither, so that it may be a table.

    :raises Unreadable: XML of another dialect, named by its first element; or torn
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:_START]
    read: Callable[[bytes], list[Sequence[str]]]
    if start.startswith(b"<"):
        read = frab_rows
    elif start.upper().startswith(b"BEGIN:VCALENDAR"):
        read = calendar_rows
    else:
        return None
    return read(data)
