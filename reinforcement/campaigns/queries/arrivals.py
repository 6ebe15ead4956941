"""On which days an activity reaches people: working days of where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from core.due.rules import Calendar
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.calendar.queries import Place, calendars_at
from reinforcement.campaigns.models import Activity


@dataclass(frozen=True, slots=True)
class Group:
    """Some people of a roster who are one audience and keep one calendar, leave aside."""

    kind: str
    function: str
    region_id: int | None
    calendar: Calendar
    people: int

    def gets(self, activity: Activity) -> bool:
        """Whether they are among those whom an activity is for, or about."""
        return (
            activity.segment_kind in ("", self.kind)
            and activity.segment_function in ("", self.function)
            and activity.segment_region_id in (None, self.region_id)
        )


def groups_of(kickoff: Kickoff, at: datetime) -> Sequence[Group]:
    """Everybody who takes part and is here, by audience and calendar: two queries."""
    rows = list(
        Attendee.objects.filter(kickoff=kickoff)
        .followed_up(at)
        .order_by()
        .values_list(
            "kind",
            "person__function",
            "person__region",
            "person__country",
            "person__subdivision",
            "person__time_zone",
        )
        .annotate(Count("pk"))
    )
    found = [
        (kind, function, region, Place(*place), n) for kind, function, region, *place, n in rows
    ]
    calendars = calendars_at({place for _kind, _function, _region, place, _n in found})
    return [
        Group(kind, function, region, calendars[place], n)
        for kind, function, region, place, n in found
    ]
