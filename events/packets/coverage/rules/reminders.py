"""When somebody is reminded of a packet, and who hears of it when that does not help."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FIRST_HOUR, LAST_HOUR = 8, 18  # in the person's own time; the last is exclusive
# Reminders that are later than this are skipped: after downtime, or of a kickoff long past
GIVE_UP = timedelta(days=30)


class Stage(StrEnum):
    """What falls due for a packet that its rep has not signed for, in this order."""

    UNOPENED = "UNOPENED"  # the rep has not even opened it
    LAST_MORNING = "LAST_MORNING"  # the rep, on the last day of the event
    LIST = "LIST"  # the manager, on the last day of the event
    MANAGER = "MANAGER"  # the manager, some days after the event
    ABOVE = "ABOVE"  # the manager's manager, some days later


TO_THE_REP = (Stage.UNOPENED, Stage.LAST_MORNING)


@dataclass(frozen=True, slots=True)
class Plan:
    """After how many days what happens; counted from the release, or from the event's last day."""

    unopened_days: int = 3
    manager_days: int = 2
    above_days: int = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A released version without a receipt: when it was released, and whether it was opened."""

    released_date: date
    is_opened: bool


def due_dates(plan: Plan, waiting: Waiting, last_day: date) -> dict[Stage, date]:
    """
    The date on which each stage falls due for a version, in local days.

    One that was released late keeps its rep's time to read it before anybody else hears of it.
    """
    read_by = waiting.released_date + timedelta(days=plan.unopened_days)
    dates = {
        Stage.LAST_MORNING: max(last_day, waiting.released_date + timedelta(days=1)),
        Stage.LIST: max(last_day, waiting.released_date + timedelta(days=1)),
        Stage.MANAGER: max(last_day, read_by) + timedelta(days=plan.manager_days),
        Stage.ABOVE: max(last_day, read_by) + timedelta(days=plan.above_days),
    }
    if not waiting.is_opened:
        dates[Stage.UNOPENED] = read_by
    return dates


def due_stages(
    plan: Plan,
    waiting: Waiting,
    *,
    last_day: date,
    today: date,
    done: Collection[Stage] = (),
) -> list[Stage]:
    """The stages that are due today and were not done, in their order; stale ones are left out."""
    dates = due_dates(plan, waiting, last_day)
    return [
        stage
        for stage in Stage
        if stage in dates and stage not in done and dates[stage] <= today <= dates[stage] + GIVE_UP
    ]


def is_in_hours(at: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody may be written to at a moment: from 8 to 18 in their own time."""
    return FIRST_HOUR <= at.astimezone(zone).hour < LAST_HOUR


def next_hours(at: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself if somebody may be written to then, else when their next day begins."""
    if is_in_hours(at, zone):
        return at
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=local.hour >= LAST_HOUR)
    return datetime(day.year, day.month, day.day, FIRST_HOUR, tzinfo=zone).astimezone(at.tzinfo)
