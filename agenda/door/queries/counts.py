"""Who came, from which team and when, which devices, what was refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, QuerySet, When
from django.utils.translation import gettext as _

from agenda.door import rules
from agenda.door.models import Badge, Scan, ScanQuerySet
from agenda.sessions.queries.released import Shown, whole_day
from agenda.sessions.rules import UNCOUNTED_TYPES
from core.ui.charts import Bar, BarsChart
from core.ui.figures import number
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff

SILENT = timedelta(minutes=10)  # after so long without a scan a device is shown as silent
WRONG_CLOCK = timedelta(minutes=2)  # a clock that is off by less is shown as right
TEAMS, HOURS, SHOWN = 12, 5, 8
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the roster, as a device at the door keeps them: no address, no figure."""

    id: int
    name: str
    note: str
    digest: str
    is_in: bool


def known_at_door(kickoff: Kickoff, at: datetime) -> list[Known]:
    """Everybody on the roster who is still here, by name, with whether they are in. Three queries."""
    digests = {
        badge: rules.digest(code)
        for badge, code in Badge.objects.filter(
            attendee__kickoff=kickoff, revoked_at=None
        ).values_list("attendee", "code")
    }
    gone = left_again(kickoff)
    people = Attendee.objects.filter(kickoff=kickoff).still_here(at)
    named = people.order_by("person__full_name", "pk").values_list(
        "pk", "person__full_name", "kind", "person__team__name", "checked_in_at"
    )
    kinds = {value: str(label) for value, label in Attendee.Kind.choices}
    return [
        Known(
            pk,
            name,
            " · ".join(part for part in (kinds[kind], team) if part),
            digests.get(pk, ""),
            came is not None and pk not in gone,
        )
        for pk, name, kind, team, came in named
    ]


def left_again(kickoff: Kickoff) -> set[int]:
    """Who came and whose last scan was a check-out, by their number on the roster. One query."""
    outs = Scan.objects.filter(kickoff=kickoff, kind=rules.Kind.OUT).values("attendee")
    stays = {pk: rules.stay(passes) for pk, passes in passes_of(kickoff, outs).items()}
    return {pk for pk, stay in stays.items() if stay.came_at and not stay.in_since}


def passes_of(
    kickoff: Kickoff, attendees: Collection[int] | QuerySet[Scan, Any]
) -> dict[int, list[rules.Pass]]:
    """All scans that count of some people of a roster, by whose they are. One query."""
    scans = Scan.objects.filter(kickoff=kickoff, attendee__in=attendees).counted().order_by()
    found: dict[int, list[rules.Pass]] = defaultdict(list)
    for pk, key, kind, scanned_at, undoes, session_id in scans.values_list(
        "attendee", "key", "kind", "scanned_at", "undoes", "session_id"
    ):
        found[pk].append(rules.Pass(key, kind, scanned_at, undoes, session_id))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One team at the door: how many came in each hour, and of how many."""

    name: str
    hours: tuple[int, ...]
    came: int
    total: int

    @property
    def to_come(self) -> int:
        return self.total - self.came


@dataclass(frozen=True, slots=True)
class Device:
    """One device at the door: who held it last, how many it let in, and its clock."""

    name: str
    by: str
    scans: int
    last_at: datetime
    is_silent: bool
    clock_minutes: int  # ahead of ours; behind where negative

    @property
    def minutes_behind(self) -> int:
        return -self.clock_minutes


@dataclass(frozen=True, slots=True)
class Quarter:
    label: str
    came: int
    is_open: bool  # not over yet


@dataclass(frozen=True, slots=True)
class Counts:
    """The door at a moment. `came` and `total` are of those who take part, as `headcounts` says."""

    at: datetime
    day: date
    came: int
    total: int
    left_again: int
    offline: int
    hours: tuple[str, ...]
    lines: tuple[Line, ...]
    quarters: tuple[Quarter, ...]
    devices: tuple[Device, ...]
    missing: tuple[Attendee, ...]
    refused: tuple[Scan, ...]

    @property
    def to_come(self) -> int:
        return self.total - self.came

    @property
    def last_team(self) -> Line | None:
        """The team of several people that is furthest behind."""
        behind = [line for line in self.lines if line.to_come and line.total > 1]
        return min(behind, key=lambda line: line.came / line.total, default=None)

    @property
    def rush(self) -> BarsChart | None:
        """Arrivals by a quarter of an hour, which say when the next one needs more hands."""
        if not self.quarters:
            return None
        peak = max(self.quarters, key=lambda one: one.came)
        return BarsChart(
            title=_("The busiest quarter of an hour began at %(time)s") % {"time": peak.label},
            unit=_("people who came"),
            bars=[
                Bar(one.label, one.came, number(one.came), _("not over") if one.is_open else "")
                for one in self.quarters
            ],
            heads=(_("From"), _("Came")),
        )

    @property
    def totals(self) -> list[int]:
        return [sum(hour) for hour in zip(*(line.hours for line in self.lines), strict=True)]


def counts(kickoff: Kickoff, at: datetime) -> Counts:
    """The live counts of a kickoff's door. Five queries."""
    taking_part = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
    seats = list(taking_part.order_by().values_list("person__team__name", "checked_in_at"))
    arrivals = [came.astimezone(kickoff.zone) for _team, came in seats if came]
    day = max(arrivals).date() if arrivals else kickoff.local_date(at)
    marks, hours = _hours(sorted(one for one in arrivals if one.date() == day))
    speakers_first = Case(When(kind="SPEAKER", then=0), default=1, output_field=IntegerField())
    missing = (
        taking_part.filter(checked_in_at=None)
        .select_related("person")
        .order_by(speakers_first, "person__full_name")[:SHOWN]
    )
    scans = Scan.objects.filter(kickoff=kickoff)
    refused = scans.refused().select_related("attendee__person").order_by("-arrived_at", "-pk")
    return Counts(
        at=at,
        day=day,
        came=len(arrivals),
        total=len(seats),
        left_again=len(left_again(kickoff)),
        offline=scans.counted().filter(was_offline=True).count(),
        hours=hours,
        lines=tuple(_lines(kickoff, seats, day, marks)),
        quarters=tuple(_quarters([one for one in arrivals if one.date() == day], at)),
        devices=tuple(_devices(scans, at)),
        missing=tuple(missing),
        refused=tuple(refused[:SHOWN]),
    )


def _hours(arrivals: list[datetime]) -> tuple[list[int], tuple[str, ...]]:
    """The hours that have a column, earliest first, and what stands above each."""
    if not arrivals:
        return [], ()
    busy = Counter(one.hour for one in arrivals)
    marks = sorted(hour for hour, _n in busy.most_common(HOURS))
    return marks, tuple(f"{hour:02d}–{(hour + 1) % 24:02d}" for hour in marks)


def _lines(
    kickoff: Kickoff,
    seats: Sequence[tuple[str | None, datetime | None]],
    day: date,
    marks: list[int],
) -> list[Line]:
    teams: dict[str, list[datetime | None]] = defaultdict(list)
    for team, came in seats:
        teams[team or _("No team")].append(came)
    lines = [_line(name, came, kickoff, day, marks) for name, came in teams.items()]
    lines.sort(key=lambda line: (-line.to_come, line.name))
    if len(lines) <= TEAMS:
        return lines
    rest = [came for line in lines[TEAMS - 1 :] for came in teams[line.name]]
    name = _("%(count)d other teams") % {"count": len(lines) - TEAMS + 1}
    return [*lines[: TEAMS - 1], _line(name, rest, kickoff, day, marks)]


def _line(
    name: str, seats: list[datetime | None], kickoff: Kickoff, day: date, marks: list[int]
) -> Line:
    came = [one.astimezone(kickoff.zone) for one in seats if one]
    by_hour = Counter(one.hour for one in came if one.date() == day)
    return Line(name, tuple(by_hour[hour] for hour in marks), len(came), len(seats))


def _quarters(arrivals: list[datetime], at: datetime) -> list[Quarter]:
    """Arrivals by a quarter of an hour, of the two busiest hours and a half around the rush."""
    if not arrivals:
        return []
    counted = Counter(
        one.replace(minute=one.minute - one.minute % 15, second=0, microsecond=0)
        for one in arrivals
    )
    peak = max(counted, key=lambda one: (counted[one], one))
    first = max(min(counted), peak - 4 * QUARTER)
    shown = [first + QUARTER * n for n in range(9)]
    return [
        Quarter(f"{one:%H:%M}", counted[one], one <= at < one + QUARTER)
        for one in shown
        if one <= max(counted)
    ]


def _devices(scans: ScanQuerySet, at: datetime) -> list[Device]:
    found = (
        scans.counted()
        .exclude(device="")
        .order_by()
        .values("device")
        .annotate(scans=Count("pk"), last_at=Max("arrived_at"))
    )
    newer = Scan.objects.filter(
        kickoff=OuterRef("kickoff"), device=OuterRef("device"), pk__gt=OuterRef("pk")
    )
    last = {
        scan.device: scan
        for scan in scans.exclude(device="").filter(~Exists(newer)).select_related("by")
    }
    devices = []
    for row in found.order_by("-last_at")[:SHOWN]:
        scan = last[row["device"]]
        ahead = timedelta(seconds=scan.clock_ahead_seconds)
        minutes = round(ahead / timedelta(minutes=1)) if abs(ahead) >= WRONG_CLOCK else 0
        devices.append(
            Device(
                row["device"],
                scan.by.full_name,
                row["scans"],
                row["last_at"],
                at - row["last_at"] > SILENT,
                minutes,
            )
        )
    return devices


def scanned_sessions(kickoff: Kickoff, at: datetime) -> list[Shown]:
    """The sessions of the day, to scan people into: no meals and no breaks. One query."""
    today = whole_day(kickoff, kickoff.local_date(at))
    return [one for one in today if one.type not in UNCOUNTED_TYPES]
