"""What a planner sees first of a kickoff: where it stands, and what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui import figures
from events.attendance.queries import headcounts
from events.kickoff.hooks import Finding, Phase, Severity, findings
from events.kickoff.models import Kickoff
from events.kickoff.rules import day_of, season
from events.packets.coverage.queries.board import countdown
from events.packets.coverage.queries.counts import coverage_of
from events.prework.queries import prework_summary


@dataclass(frozen=True, slots=True)
class Clock:
    """The one large number: days to go, the day of the event, or the day of the 90."""

    number: int
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class PhaseReadiness:
    """The checks of one phase: how many are met, and those that need somebody."""

    key: str
    label: str
    met: int
    total: int
    open: list[Finding]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every check of a kickoff, by phase."""

    phases: list[PhaseReadiness]
    blocking: int
    title: str


def clock_of(kickoff: Kickoff, at: datetime) -> Clock:
    """Where a kickoff stands on its season, counted in days at the venue."""
    day = day_of(kickoff.starts_date, kickoff.ends_date, kickoff.local_date(at))
    if day.phase == "before":
        return Clock(
            day.number,
            ngettext("day to go", "days to go", day.number),
            _("doors open %(when)s")
            % {"when": figures.moment(kickoff.doors_open_at, kickoff.zone)},
        )
    if day.phase == "during":
        return Clock(
            day.number,
            _("of %(days)d days") % {"days": day.of},
            _("until %(day)s") % {"day": figures.day(kickoff.ends_date)},
        )
    return Clock(
        day.number,
        ngettext("day since it ended", "days since it ended", day.number),
        _("of 90 days of reinforcement") if day.number <= day.of else _("the 90 days are over"),
    )


def readiness_of(kickoff: Kickoff, at: datetime) -> Readiness:
    """The findings of every registered check, with a title that says how many need somebody."""
    found = findings(kickoff, at)
    labels = {Phase.BEFORE: _("Before"), Phase.DURING: _("During"), Phase.AFTER: _("After")}
    phases = []
    for phase in Phase:
        mine = [finding for finding in found if finding.phase == phase]
        open_ones = [finding for finding in mine if finding.severity != Severity.MET]
        met = len(mine) - len(open_ones)
        phases.append(PhaseReadiness(phase.value, labels[phase], met, len(mine), open_ones))
    blocking = sum(finding.severity == Severity.BLOCKS for finding in found)
    return Readiness(phases, blocking, _title(found, blocking))


def _title(found: list[Finding], blocking: int) -> str:
    total = len(found)
    needing = sum(finding.severity != Severity.MET for finding in found)
    if not needing:
        return _("All %(total)d checks are met") % {"total": total}
    counts = ngettext(
        "%(needing)d of %(total)d checks needs you",
        "%(needing)d of %(total)d checks need you",
        needing,
    ) % {"needing": needing, "total": total}
    if not blocking:
        return counts + _("; none blocks")
    return counts + ngettext(
        "; %(count)d of them blocks", "; %(count)d of them block", blocking
    ) % {"count": blocking}


def status_of(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """What the homes of planners and executives both show: the context of their shared parts."""
    packets = coverage_of(kickoff, at)
    return {
        "kickoff": kickoff,
        "clock": clock_of(kickoff, at),
        "season": season(kickoff.starts_date, kickoff.ends_date, kickoff.local_date(at)),
        "readiness": readiness_of(kickoff, at),
        "people": headcounts(kickoff, at),
        "coverage": packets,
        "packets_to_go": countdown(kickoff, packets, at),
        "prework": prework_summary(kickoff, at),
        "zone": figures.zone_name(kickoff.doors_open_at.astimezone(kickoff.zone)),
    }
