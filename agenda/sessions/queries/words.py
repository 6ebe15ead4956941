"""Times and conflicts in words, in the event's zone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.rules import (
    GAP_MINUTES,
    LAST_NIGHT_ENDS_TIME,
    Conflict,
    EventDays,
    Kind,
)
from core.ui.figures import clock, day, zone_name


class Named(Protocol):
    """What a conflict is said of."""

    @property
    def title(self) -> str: ...

    @property
    def room_name(self) -> str: ...

    @property
    def starts_at(self) -> datetime | None: ...


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """From when to when, at a place: 09:45–10:45."""
    return f"{clock(starts_at, zone)}–{clock(ends_at, zone)}"


def when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Day, times and zone: Wed 3 Feb, 09:45–10:45 WET."""
    local = starts_at.astimezone(zone)
    return f"{day(local.date())}, {span(starts_at, ends_at, zone)} {zone_name(local)}"


def conflict_heading(conflict: Conflict) -> str:
    """What kind of trouble it is, in three or four words."""
    return {
        Kind.ROOM: _("Two sessions, one room"),
        Kind.PERSON: _("One speaker, two rooms"),
        Kind.DAYS: _("Outside the event"),
        Kind.CAPACITY: _("Room too small"),
        Kind.GAP: _("No time to change over"),
    }[conflict.kind]


def conflict_short(conflict: Conflict) -> str:
    """The same for a tile of the grid, in as few words as fit."""
    return {
        Kind.ROOM: _("Room taken twice"),
        Kind.PERSON: _("In two rooms"),
        Kind.DAYS: _("Outside the event"),
        Kind.CAPACITY: _("%(seats)s seats for %(needed)s")
        % {"seats": conflict.seats, "needed": conflict.needed},
        Kind.GAP: _("Too tight"),
    }[conflict.kind]


def conflict_words(
    conflict: Conflict,
    sessions: Mapping[int, Named],
    people: Mapping[int, str],
    event: EventDays,
) -> str:
    """A conflict in one sentence with names, day, times and zone."""
    first, last = sessions[conflict.sessions[0]], sessions[conflict.sessions[-1]]
    values: dict[str, object] = {
        "first": first.title,
        "last": last.title,
        "room": last.room_name,
        "other_room": first.room_name,
        "when": when(conflict.starts_at, conflict.ends_at, event.zone),
        "person": people.get(conflict.person or 0, ""),
        "needed": conflict.needed,
        "seats": conflict.seats,
        "gap": GAP_MINUTES,
        "begins": day(event.days[0]),
        "ends": day(event.days[-1]),
        "over": f"{LAST_NIGHT_ENDS_TIME:%H:%M}",
    }
    if conflict.kind == Kind.ROOM:
        return _("“%(first)s” and “%(last)s” are both in %(room)s, %(when)s.") % values
    if conflict.kind == Kind.PERSON:
        if first.room_name == last.room_name:
            return _("%(person)s is in “%(first)s” and in “%(last)s”, %(when)s.") % values
        return _("%(person)s is in %(other_room)s and in %(room)s, %(when)s.") % values
    if conflict.kind == Kind.DAYS:
        return (
            _(
                "“%(last)s” is %(when)s; the event is %(begins)s to %(ends)s,"
                " and its last night until %(over)s."
            )
            % values
        )
    if conflict.kind == Kind.CAPACITY:
        return (
            ngettext(
                "%(needed)s person expects “%(last)s”; %(room)s seats %(seats)s.",
                "%(needed)s people expect “%(last)s”; %(room)s seats %(seats)s.",
                conflict.needed,
            )
            % values
        )
    values["minutes"] = int((conflict.ends_at - conflict.starts_at).total_seconds() // 60)
    values["until"] = when(conflict.starts_at, conflict.ends_at, event.zone)
    return (
        ngettext(
            "Between “%(first)s” and “%(last)s” in %(room)s there is %(minutes)s minute"
            " (%(until)s); people need %(gap)s.",
            "Between “%(first)s” and “%(last)s” in %(room)s there are %(minutes)s minutes"
            " (%(until)s); people need %(gap)s.",
            int(str(values["minutes"])),
        )
        % values
    )
