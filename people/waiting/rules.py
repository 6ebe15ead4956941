"""What waits, as plain values: what one item is, when it is late, and in which order people see it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui import figures

LONGEST = timedelta(
    hours=1
)  # what is kept of a person stands so long, and sources look so far ahead

_TICK = timedelta(microseconds=1)
_SOON_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something waits or happened: a kickoff as its key in addresses, its name and its first page."""

    key: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Act:
    """What one tap does: a button that posts to an address, with nothing more to say."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """
    One thing that waits for one person.

    `due_at` is the first moment at which it is too late: a day that counts whole ends there, and
    `day` says which it is, where it ends by another calendar than the person's.
    `kind` is the capability and what it is of: `prework.open`. `title` is a verb and a thing: “Read
    the pricing guide”. `url` is where it is done, `button` the verb there, and `act` does it with
    one tap where that is enough. It is late from `late_at` on, from `due_at` where nothing else is
    said, and never without both. Before `begins_at`, and from `until` on, it waits for nobody. `before_leaving` says that leaving the event without it matters.
    `about_id` is the person whom it is about, `note` a few words more. `count` is how many things
    it stands for. What `is_private` is not shown to managers of the person; `act_of_manager` is what
    their manager can do about it with one tap. What `comes_first` holds up many others: it stands
    before all else, on every home.
    """

    person_id: int
    kind: str
    title: str
    url: str
    since: datetime
    button: str = ""
    note: str = ""
    due_at: datetime | None = None
    day: date | None = None
    late_at: datetime | None = None
    begins_at: datetime | None = None
    until: datetime | None = None
    before_leaving: bool = False
    about_id: int | None = None
    place: Place | None = None
    act: Act | None = None
    act_of_manager: Act | None = None
    count: int = 1
    is_private: bool = False
    comes_first: bool = False

    @property
    def turns_late_at(self) -> datetime | None:
        """From when on it is late, if ever."""
        return self.late_at or self.due_at

    def is_late(self, at: datetime) -> bool:
        """Whether it is late; at the moment itself it is."""
        late_at = self.turns_late_at
        return late_at is not None and late_at <= at

    def waits(self, at: datetime) -> bool:
        """Whether it waits: it has begun, and nobody has ceased to expect it."""
        has_begun = self.begins_at is None or self.begins_at <= at
        return has_begun and (self.until is None or at < self.until)

    def due_date(self, zone: ZoneInfo) -> date | None:
        """The day by which to do it, by a calendar."""
        if self.day:
            return self.day
        return (self.due_at - _TICK).astimezone(zone).date() if self.due_at else None

    @property
    def place_key(self) -> str:
        """The key of its kickoff; empty for what waits in none."""
        return self.place.key if self.place else ""


class When(StrEnum):
    """How soon something has to be done, by the person's own calendar."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    ANY_TIME = "any"

    @property
    def label(self) -> str:
        """The heading above such items."""
        return {
            When.LATE: _("Late"),
            When.TODAY: _("Today"),
            When.WEEK: _("This week"),
            When.LATER: _("Later"),
            When.ANY_TIME: _("Without a date"),
        }[self]


def when(item: Waiting, at: datetime, zone: ZoneInfo) -> When:
    """
    The group that an item stands in. The week is the calendar's: up to and with its Sunday; on a
    Sunday, tomorrow is later.
    """
    if item.is_late(at):
        return When.LATE
    day = item.due_date(zone)
    if day is None:
        return When.ANY_TIME
    today = at.astimezone(zone).date()
    if day <= today:
        return When.TODAY
    return When.WEEK if day <= last_day_of_week(today) else When.LATER


def last_day_of_week(today: date) -> date:
    """The Sunday of the week of a day."""
    return today + timedelta(days=6 - today.weekday())


def in_order(items: Iterable[Waiting], at: datetime) -> list[Waiting]:
    """
    What comes first; then what is late, the longest late on top; then by when it is due; without
    a date last.
    """
    last = datetime.max.replace(tzinfo=at.tzinfo)

    def place(item: Waiting) -> tuple[bool, bool, datetime, datetime, str]:
        late = item.is_late(at)
        moment = (item.turns_late_at if late else item.due_at) or last
        return (not item.comes_first, not late, moment, item.since, item.title)

    return sorted(items, key=place)


def grouped(
    items: Iterable[Waiting], at: datetime, zone: ZoneInfo
) -> list[tuple[When, list[Waiting]]]:
    """The items in order, by how soon; empty groups left out."""
    ordered = in_order(items, at)
    groups = [
        (group, [item for item in ordered if when(item, at, zone) == group]) for group in When
    ]
    return [(group, found) for group, found in groups if found]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits: `total` counts what is late too."""

    total: int = 0
    late: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.total + other.total, self.late + other.late)


def tally(items: Iterable[Waiting], at: datetime) -> Tally:
    """How much waits, and how much of it is late."""
    total = late = 0
    for item in items:
        total += item.count
        late += item.count if item.is_late(at) else 0
    return Tally(total, late)


def counted(items: Iterable[Waiting], at: datetime) -> dict[str, dict[str, int]]:
    """How much waits, by the key of its kickoff and by kind: what the frame of a page counts."""
    counts: dict[str, dict[str, int]] = {}
    for item in items:
        kinds = counts.setdefault(item.place_key, {})
        kinds[item.kind] = kinds.get(item.kind, 0) + item.count
    return counts


def next_change(items: Iterable[Waiting], at: datetime) -> datetime | None:
    """When the first of some items begins to wait, turns late or ceases to wait, of what is ahead."""
    moments = (one for item in items for one in (item.begins_at, item.turns_late_at, item.until))
    return min((one for one in moments if one and one > at), default=None)


def packed(item: Waiting) -> dict[str, Any]:
    """An item as JSON can keep it: what is as ever is left out."""
    values = {one.name: getattr(item, one.name) for one in fields(Waiting)}
    return {
        name: _PACKING[type(value)](value) if type(value) in _PACKING else value
        for name, value in values.items()
        if name not in _EVER or value != _EVER[name]
    }


def unpacked(kept: Mapping[str, Any]) -> Waiting:
    """The item that was packed."""
    return Waiting(
        **{
            name: _UNPACKING[name](value) if name in _UNPACKING else value
            for name, value in kept.items()
        }
    )


def _parts(value: Place | Act) -> list[str]:
    return [getattr(value, one.name) for one in fields(value)]


_EVER = {one.name: one.default for one in fields(Waiting) if one.default is not MISSING}
_PACKING: Mapping[type, Callable[[Any], Any]] = {
    datetime: datetime.isoformat,
    date: date.isoformat,
    Place: _parts,
    Act: _parts,
}
_UNPACKING: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("since", "due_at", "late_at", "begins_at", "until"), datetime.fromisoformat),
    "day": date.fromisoformat,
    "place": lambda parts: Place(*parts),
    **dict.fromkeys(("act", "act_of_manager"), lambda parts: Act(*parts)),
}


# What a row is drawn with, by the capability that its kind begins with
_ICONS = {
    "agenda": "calendar-event",
    "attendance": "mail",
    "assessments": "certificate",
    "bets": "target",
    "budget": "coins",
    "changes": "user-check",
    "commitments": "target",
    "imports": "upload",
    "inquiries": "message-circle",
    "insights": "message-bolt",
    "letters": "file-certificate",
    "mail": "mail-exclamation",
    "needs": "clipboard-list",
    "notes": "notes",
    "packets": "signature",
    "planning": "list-check",
    "prework": "book",
    "records": "archive",
    "reviews": "calendar-event",
    "team": "users",
    "touches": "bulb",
    "winloss": "scale",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a list shows it: `words` say by when, `state` is its shape: late, soon or none."""

    item: Waiting
    words: str
    state: str
    icon: str


def row_of(item: Waiting, at: datetime, zone: ZoneInfo) -> Row:
    """An item as its person reads it, in their time zone."""
    group = when(item, at, zone)
    state = {When.LATE: "late", When.TODAY: "soon"}.get(group, "")
    icon = _ICONS.get(item.kind.partition(".")[0], "circle")
    return Row(item, _by_when(item, group, at, zone), state, icon)


def rows_by_group(
    items: Iterable[Waiting], at: datetime, zone: ZoneInfo
) -> list[tuple[When, list[Row]]]:
    """The items in order as a list shows them, by how soon; empty groups left out."""
    return [
        (group, [row_of(item, at, zone) for item in found])
        for group, found in grouped(items, at, zone)
    ]


def _by_when(item: Waiting, group: When, at: datetime, zone: ZoneInfo) -> str:
    moment = item.turns_late_at if group == When.LATE else item.due_at
    if moment is None:
        return ""
    there = moment.astimezone(zone)
    # A day that counts whole ends at midnight
    is_whole_day = item.day is not None or (there.hour == 0 and there.minute == 0)
    day = item.day or (moment - _TICK).astimezone(zone).date()
    if group == When.LATE:
        days = (at.astimezone(zone).date() - day).days
        if days < 1:
            return _("late since %(time)s") % {"time": figures.clock(moment, zone)}
        return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}
    if group == When.TODAY:
        minutes = int((moment - at).total_seconds() // 60)
        if minutes < _SOON_MINUTES:
            return _("in %(count)d min") % {"count": minutes}
        if is_whole_day:
            return _("today")
        clock = f"{figures.clock(moment, zone)}{figures.NO_BREAK}{figures.zone_name(there)}"
        return _("by %(when)s") % {"when": clock}
    when_due = figures.day(day) if is_whole_day else figures.moment(moment, zone)
    return _("by %(when)s") % {"when": when_due}
