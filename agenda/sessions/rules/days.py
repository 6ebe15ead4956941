"""The days of an event and their nights, at the venue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A night belongs to the evening that it follows: what begins before 04:00 is of the day before,
# and the last night is over at 06:00
NIGHT_ENDS_TIME = time(4, 0)
LAST_NIGHT_ENDS_TIME = time(6, 0)
READY_WEEKS = 3  # before the first day: outcome and description of every session


@dataclass(frozen=True, slots=True)
class EventDays:
    """When an event takes place: its dates, the hour its doors open, its zone."""

    days: Sequence[date]
    opens: time
    zone: ZoneInfo

    @property
    def bounds(self) -> tuple[datetime, datetime, datetime]:
        """When the first session may begin, before when the last one, and when all is over; UTC."""
        begins, _second = day_bounds(self.days[0], self.zone)
        _last, begun = day_bounds(self.days[-1], self.zone)
        after = self.days[-1] + timedelta(days=1)
        over = datetime.combine(after, LAST_NIGHT_ENDS_TIME, tzinfo=self.zone)
        return begins, begun, over.astimezone(UTC)


def ready_date(starts_date: date) -> date:
    """By when every session of an event says its outcome and what it is about."""
    return starts_date - timedelta(weeks=READY_WEEKS)


def agenda_day(at: datetime, zone: ZoneInfo) -> date:
    """The day of the agenda that a moment is of, at a place: 01:00 is of the evening before."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=local.time() < NIGHT_ENDS_TIME)


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which a clock shows a time on a day of the agenda or in its night."""
    date_there = day + timedelta(days=clock < NIGHT_ENDS_TIME)
    return datetime.combine(date_there, clock, tzinfo=zone).astimezone(UTC)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a day of the agenda begins and when the next one does, in UTC."""
    return (
        moment_of(day, NIGHT_ENDS_TIME, zone),
        moment_of(day + timedelta(days=1), NIGHT_ENDS_TIME, zone),
    )
