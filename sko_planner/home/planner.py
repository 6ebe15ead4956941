"""What a planner sees first of a kickoff: where it stands, and what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.minute import for_a_minute
from core.ui import figures
from events.attendance.queries import headcounts
from events.bets.queries import stands_of
from events.budget.queries.standing import standing_of
from events.budget.rules.lines import whole
from events.commitments.queries import adopted_at
from events.kickoff.models import Kickoff
from events.kickoff.rules import day_of, season
from events.packets.coverage.queries.board import countdown
from events.packets.coverage.queries.counts import coverage_of
from events.planning.queries import next_tasks, task_counts
from events.prework.queries import prework_summary
from events.readiness.queries import readiness_of


@dataclass(frozen=True, slots=True)
class Clock:
    """The one large number: days to go, the day of the event, or the day of the 90."""

    number: int
    unit: str
    note: str
    is_before: bool = False


def clock_of(kickoff: Kickoff, at: datetime) -> Clock:
    """Where a kickoff stands on its season, counted in days at the venue."""
    day = day_of(kickoff.starts_date, kickoff.ends_date, kickoff.local_date(at))
    if day.phase == "before":
        return Clock(
            day.number,
            ngettext("day to go", "days to go", day.number),
            _("doors open %(when)s")
            % {"when": figures.moment(kickoff.doors_open_at, kickoff.zone)},
            is_before=True,
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


@for_a_minute
def status_of(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """What the homes of planners and executives both show: the context of their shared parts."""
    packets = coverage_of(kickoff, at)
    return {
        "clock": clock_of(kickoff, at),
        "season": season(kickoff.starts_date, kickoff.ends_date, kickoff.local_date(at)),
        "readiness": readiness_of(kickoff, at),
        "people": headcounts(kickoff, at),
        "coverage": packets,
        "packets_to_go": countdown(kickoff, packets, at),
        "prework": prework_summary(kickoff, at),
        "money": money_of(kickoff, at),
        "bets": stands_of(kickoff),
        "plans": adopted_at(kickoff),
        "zone": figures.zone_name(kickoff.doors_open_at.astimezone(kickoff.zone)),
    }


def money_of(kickoff: Kickoff, at: datetime) -> dict[str, Any] | None:
    """How the budget stands, for whoever sees money; None while there is none. Two queries."""
    standing = standing_of(kickoff)
    if standing is None:
        return None
    amounts, own = standing.amounts, standing.budget.currency
    cutoff, lacking = standing.next_cutoff(at), standing.lacking(at)
    said = {"money": figures.money(whole(abs(amounts.over)), own)}
    if amounts.over > 0:
        title = _("Forecast is %(money)s over plan") % said
    elif amounts.over < 0:
        title = _("Forecast is %(money)s under plan") % said
    elif not amounts.planned:
        title = _("Nothing is planned yet")
    else:
        title = _("Forecast is on plan")
    return {
        "title": title,
        "is_priced": bool(amounts.planned or amounts.forecast),
        "planned": figures.money(whole(amounts.planned), own),
        "forecast": figures.money(whole(amounts.forecast), own),
        "left": figures.money(whole(standing.contingency.left), own),
        "is_over": standing.contingency.left < 0,
        "cutoff": cutoff,
        "lacking": lacking,
        "fee": figures.money(whole(standing.fee), own),
    }


@for_a_minute
def tasks_of(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """The tasks that are due next, and how many there are. Three queries."""
    return {
        "tasks": next_tasks(kickoff),
        "task_counts": task_counts(kickoff, kickoff.local_date(at)),
    }
