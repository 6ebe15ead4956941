"""
The schedule XML that pentabarf began and frab, pretalx and others speak (c3voc.de/wiki/schedule).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from lxml import etree

from agenda.schedules.rules.columns import BETWEEN, OURS, Unreadable
from agenda.schedules.rules.moments import after_midnight, read_length, read_moment

_DAY_CHANGE = time(4)  # where the file names none: what begins before is of the night


def frab_rows(data: bytes) -> list[Sequence[str]]:
    """
    The sessions of a schedule as rows under `HEADERS`, in the order of the file. Times without an
    offset are those of the venue.

    :raises Unreadable: it is no XML, or XML that says something else; or an entry has no time
    """
    root = _root(data)
    if root.tag != "schedule":
        said = _("This XML is “%(tag)s”. Schedules in XML begin with “schedule” (frab, pretalx).")
        raise Unreadable(said % {"tag": str(root.tag)[:60]})
    if root.find("conference") is None or root.find("day") is None:
        raise Unreadable(
            _("This schedule has no conference or no day, so it is of another dialect.")
        )
    # In what we wrote ourselves, ids are the numbers of our sessions
    before = OURS if (root.find("generator[@name='SKO Planner']") is not None) else ""
    day_change = _clock(root.findtext("conference/day_change") or "") or _DAY_CHANGE
    return [
        _row(event, before, room.get("name") or "", day.get("date") or "", day_change)
        for day in root.iter("day")
        for room in day.iter("room")
        for event in room.findall("event")
    ]


def _root(data: bytes) -> etree._Element:
    # Nothing is fetched or expanded, and a document type could only ask for that
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_("This XML is torn: %(error)s.") % {"error": error.msg}) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(_("This XML has a document type of its own, which no schedule needs."))
    return root


def _row(
    event: etree._Element, before: str, room: str, day: str, day_change: time
) -> Sequence[str]:
    key = before + (event.get("id") or event.get("guid") or "")
    people = (one.text or "" for one in event.iterfind("persons/person"))
    try:
        minutes = str(read_length(event.findtext("duration") or ""))
        starts = _starts(event, day, day_change)
    except ValueError as error:
        said = _("Entry %(id)s has no start, or no duration such as 00:45.")
        raise Unreadable(said % {"id": key or event.findtext("title") or "?"}) from error
    return (
        key,
        event.findtext("title") or "",
        event.findtext("type") or "",
        event.findtext("room") or room,
        starts,
        minutes,
        BETWEEN.join(filter(None, (name.strip() for name in people))),
        event.findtext("subtitle") or event.findtext("abstract") or "",
        event.findtext("description") or "",
    )


def _starts(event: etree._Element, day: str, day_change: time) -> str:
    if said := event.findtext("date"):
        return datetime.fromisoformat(said).isoformat()
    clock = _clock(event.findtext("start") or "")
    if clock is None:
        raise ValueError
    return after_midnight(date.fromisoformat(day), clock, day_change).isoformat()


def _clock(text: str) -> time | None:
    found = read_moment(text) if text else None
    return found if isinstance(found, time) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One session that a schedule tells of. `number` is its own, and no other's of the schedule."""

    number: int
    title: str
    type: str
    room: str
    day: date  # of the agenda
    starts_at: datetime
    minutes: int
    speakers: Sequence[str] = ()
    outcome: str = ""
    description: str = ""


def write_frab(
    title: str,
    slug: str,
    version: str,
    url: str,
    zone: ZoneInfo,
    days: Iterable[date],
    entries: Sequence[Entry],
) -> bytes:
    """
    A schedule that is valid against c3voc's schema. `url` is that of the kickoff, which makes the
    ids of its sessions unlike all others. `days` are those of the kickoff.
    """
    days = sorted({*days, *(entry.day for entry in entries)})
    schedule = etree.Element("schedule")
    etree.SubElement(schedule, "generator", {"name": "SKO Planner"})
    _add(schedule, "version", version)
    conference = etree.SubElement(schedule, "conference")
    _add(conference, "title", title)
    _add(conference, "acronym", f"sko-{slug}")
    _add(conference, "start", days[0].isoformat())
    _add(conference, "end", days[-1].isoformat())
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", "00:05")
    _add(conference, "time_zone_name", zone.key)
    for index, day in enumerate(days, start=1):
        _write_day(schedule, index, day, [one for one in entries if one.day == day], zone, url)
    text: bytes = etree.tostring(
        schedule, pretty_print=True, xml_declaration=True, encoding="UTF-8"
    )
    return text


def _write_day(
    schedule: etree._Element,
    index: int,
    day: date,
    entries: Sequence[Entry],
    zone: ZoneInfo,
    url: str,
) -> None:
    begins = datetime.combine(day, _DAY_CHANGE, tzinfo=zone)
    ends = datetime.combine(day + timedelta(days=1), _DAY_CHANGE, tzinfo=zone)
    said = {"start": begins.isoformat(), "end": ends.isoformat()}
    part = etree.SubElement(schedule, "day", {"index": str(index), "date": day.isoformat(), **said})
    for room, held in _by_room(entries):
        place = etree.SubElement(part, "room", {"name": _clean(room)})
        for entry in held:
            _write_event(place, entry, zone, url)


def _by_room(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    ordered = sorted(entries, key=lambda one: (one.room, one.starts_at, one.number))
    for room, held in groupby(ordered, key=lambda one: one.room):
        yield room, list(held)


def _write_event(place: etree._Element, entry: Entry, zone: ZoneInfo, url: str) -> None:
    local = entry.starts_at.astimezone(zone)
    guid = str(uuid5(NAMESPACE_URL, f"{url}#{entry.number}"))
    event = etree.SubElement(place, "event", {"id": str(entry.number), "guid": guid})
    _add(event, "date", local.isoformat())
    _add(event, "start", f"{local:%H:%M}")
    _add(event, "duration", f"{entry.minutes // 60:02}:{entry.minutes % 60:02}")
    _add(event, "room", entry.room)
    _add(event, "title", entry.title)
    _add(event, "subtitle", entry.outcome)
    _add(event, "type", entry.type)
    _add(event, "track", "")
    _add(event, "abstract", "")
    _add(event, "description", entry.description)
    if entry.speakers:
        people = etree.SubElement(event, "persons")
        for name in entry.speakers:
            _add(people, "person", name)


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = _clean(text)


def _clean(text: str) -> str:
    """XML holds no control characters but tab and the ends of lines."""
    return "".join(one for one in text if one >= " " or one in "\t\n\r")
