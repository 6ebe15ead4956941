"""Times and conflicts in words, in the event's zone."""

from collections import defaultdict
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
from core.keys import name_key
from core.ui.figures import clock, day, zone_name


class Named(Protocol):
    """What a conflict is said of."""

    @property
    def title(self) -> str: ...

    @property
    def room_name(self) -> str: ...

    @property
    def starts_at(self) -> datetime | None: ...

    @property
    def capacity(self) -> int | None: ...

    @property
    def names(self) -> list[str]: ...


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """From when to when, at a place: 09:45–10:45."""
    return f"{clock(starts_at, zone)}–{clock(ends_at, zone)}"


def when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Day, times and zone: Wed 3 Feb, 09:45–10:45 WET."""
    local = starts_at.astimezone(zone)
    return f"{day(local.date())}, {span(starts_at, ends_at, zone)} {zone_name(local)}"


def session_labels(sessions: Mapping[int, Named], zone: ZoneInfo) -> dict[int, str]:
    """
    Sessions by id as a sentence names them: “Deal clinic” (Minho).

    Of several with one title each is told apart by the first of these that differs among all of
    them: room, start, who leads it, places. Where none does, all are said.
    """
    by_title: dict[str, list[int]] = defaultdict(list)
    for pk, session in sessions.items():
        by_title[name_key(session.title)].append(pk)
    labels = {}
    for twins in by_title.values():
        marks = {pk: _marks(sessions[pk], zone) for pk in twins}
        columns = list(zip(*marks.values(), strict=True))
        telling = next((n for n, each in enumerate(columns) if len(set(each)) == len(each)), None)
        for pk in twins:
            quoted = _("“%(title)s”") % {"title": sessions[pk].title}
            said = marks[pk] if telling is None else marks[pk][telling : telling + 1]
            told = ", ".join(filter(None, said))
            labels[pk] = f"{quoted} ({told})" if len(twins) > 1 and told else quoted
    return labels


def _marks(session: Named, zone: ZoneInfo) -> tuple[str, ...]:
    starts_at, places = session.starts_at, session.capacity
    local = starts_at and starts_at.astimezone(zone)
    return (
        session.room_name,
        f"{day(local.date())}, {local:%H:%M}" if local else "",
        ", ".join(session.names),
        ngettext("%(count)s place", "%(count)s places", places) % {"count": places}
        if places
        else "",
    )


def kind_heading(kind: Kind) -> str:
    """What kind of trouble it is, in three or four words."""
    return {
        Kind.ROOM: _("Two sessions, one room"),
        Kind.PERSON: _("One speaker, two rooms"),
        Kind.DAYS: _("Outside the event"),
        Kind.CAPACITY: _("Room too small"),
        Kind.GAP: _("No time to change over"),
    }[kind]


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
    labels: Mapping[int, str],
    people: Mapping[int | str, str],
    event: EventDays,
) -> str:
    """A conflict in a sentence or two with names, day, times and zone."""
    first, last = sessions[conflict.sessions[0]], sessions[conflict.sessions[-1]]
    values: dict[str, object] = {
        "first": labels[conflict.sessions[0]],
        "last": labels[conflict.sessions[-1]],
        "room": last.room_name,
        "other_room": first.room_name,
        "when": when(conflict.starts_at, conflict.ends_at, event.zone),
        "person": people.get(conflict.person or 0) or _("Everybody"),
        "needed": conflict.needed,
        "seats": conflict.seats,
        "gap": GAP_MINUTES,
        "begins": day(event.days[0]),
        "ends": day(event.days[-1]),
        "over": f"{LAST_NIGHT_ENDS_TIME:%H:%M}",
    }
    too_small = ngettext(
        "%(needed)s person expects %(last)s; %(room)s seats %(seats)s.",
        "%(needed)s people expect %(last)s; %(room)s seats %(seats)s.",
        conflict.needed,
    )
    if conflict.kind == Kind.ROOM:
        both = _("%(first)s and %(last)s are both in %(room)s, %(when)s.")
        return (f"{both} {too_small}" if conflict.needed else both) % values
    if conflict.kind == Kind.PERSON:
        if first.room_name == last.room_name:
            return _("%(person)s is in %(first)s and in %(last)s, %(when)s.") % values
        return _("%(person)s is in %(other_room)s and in %(room)s, %(when)s.") % values
    if conflict.kind == Kind.DAYS:
        return (
            _(
                "%(last)s is %(when)s; the event is %(begins)s to %(ends)s,"
                " and its last night until %(over)s."
            )
            % values
        )
    if conflict.kind == Kind.CAPACITY:
        return too_small % values
    minutes = int((conflict.ends_at - conflict.starts_at).total_seconds() // 60)
    if first.room_name == last.room_name:
        between = ngettext(
            "Between %(first)s and %(last)s in %(room)s there is %(minutes)s minute"
            " (%(when)s); people need %(gap)s.",
            "Between %(first)s and %(last)s in %(room)s there are %(minutes)s minutes"
            " (%(when)s); people need %(gap)s.",
            minutes,
        )
    else:
        between = ngettext(
            "%(person)s has %(minutes)s minute from %(first)s in %(other_room)s to %(last)s in"
            " %(room)s (%(when)s); people need %(gap)s.",
            "%(person)s has %(minutes)s minutes from %(first)s in %(other_room)s to %(last)s in"
            " %(room)s (%(when)s); people need %(gap)s.",
            minutes,
        )
    return between % {**values, "minutes": minutes}
