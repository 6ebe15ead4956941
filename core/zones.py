"""The time zones that there are, read once: to look for them opens six hundred files."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones


@cache
def all_zones() -> frozenset[str]:
    """Each name of the IANA time zone database, former ones too."""
    return frozenset(available_timezones())


@cache
def kept_zones() -> tuple[ZoneInfo, ...]:
    """
    Each of them, read once and kept, 2 MB: Python keeps eight that nobody holds, and would read
    six hundred files again at each look at all.
    """
    return tuple(ZoneInfo(name) for name in all_zones())


@cache
def zones_to_choose() -> tuple[ZoneInfo, ...]:
    """One zone a place, by name: of several names of the same place the one of today."""
    tables = [table for folder in TZPATH if (table := Path(folder, "zone.tab")).exists()]
    lines = tables[0].read_text("utf-8").splitlines() if tables else []
    names = {line.split("\t")[2] for line in lines if not line.startswith("#")}
    # Where the machine has no such table, former names are offered too
    found = names & all_zones() or {name for name in all_zones() if "/" in name}
    return tuple(ZoneInfo(name) for name in sorted(found))


def offset(zone: ZoneInfo, at: datetime) -> str:
    """`UTC+5:30`: how far a zone is ahead of UTC at a moment."""
    ahead = zone.utcoffset(at.astimezone(zone))
    minutes = round(ahead.total_seconds() / 60) if ahead else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
