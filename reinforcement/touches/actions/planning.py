from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from core.due.rules import Calendar
from events.attendance.models import Attendee
from people.accounts.models import Person
from people.calendar.queries import calendars_of
from reinforcement.campaigns import rules as clock
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.touches.models import Touch

# The roster may be written in a transaction that began before the tick looked
_OVERLAP = timedelta(minutes=5)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A touch that the plan asks for."""

    person: Person
    about: Person | None
    path_starts: date


def plan_due_campaigns(*, at: datetime) -> int:
    """
    Plan the touches of running campaigns whose plan or roster has changed; return how many are
    new. A tick calls this: it starts a campaign's touches, and brings in whoever joins later.
    """
    created = 0
    for campaign in Campaign.objects.running().select_related("kickoff"):
        since = campaign.touches_planned_at
        if since is None:
            created += plan_touches(campaign=campaign, at=at)
            continue
        changed = campaign.activities.live().filter(has_touches=False)
        joined = campaign.kickoff.attendees.filter(
            Q(added_at__gte=since - _OVERLAP) | Q(answered_at__gte=since - _OVERLAP)
        )
        if changed.exists() or joined.exists():
            created += plan_touches(campaign=campaign, at=at)
    return created


def plan_touches(*, campaign: Campaign, at: datetime) -> int:
    """
    Give each person of each activity's segment their touch; return how many are new.

    Idempotent: constraints keep one touch a person and activity, so two ticks at once plan once.
    Touches not sent yet move along with an activity that was changed, and those of people whom
    it no longer names are deleted.
    """
    existing: set[tuple[int, int, int | None]] = set(
        Touch.objects.filter(activity__campaign=campaign).values_list(
            "activity_id", "person_id", "about_id"
        )
    )
    about_planned = {(activity, about) for activity, _person, about in existing if about}
    segments: dict[tuple[object, ...], list[Attendee]] = {}
    created = 0
    for activity in campaign.activities.live().order_by("day_offset", "pk"):
        segment = (activity.segment_kind, activity.segment_function, activity.segment_region_id)
        if segment not in segments:
            segments[segment] = _roster(campaign, activity)
        wanted = list(_wanted(campaign, activity, segments[segment]))
        calendars = calendars_of(row.person for row in wanted)
        times = _Times(activity, calendars, at)
        if not activity.has_touches:
            _move(activity, wanted, times)
        new = [
            Touch(
                activity=activity,
                person=row.person,
                about=row.about,
                due_at=times.due_at(row),
                overdue_at=times.overdue_at(row),
            )
            for row in wanted
            if (row.about and (activity.pk, row.about.pk) not in about_planned)
            or (not row.about and (activity.pk, row.person.pk, None) not in existing)
        ]
        Touch.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
        # Not when a planner changed it in the meantime: the next tick plans it again
        unchanged = Activity.objects.filter(pk=activity.pk, changed_at=activity.changed_at)
        unchanged.update(has_touches=True)
        created += len(new)
    Campaign.objects.filter(pk=campaign.pk).update(touches_planned_at=at)
    campaign.touches_planned_at = at
    return created


def _roster(campaign: Campaign, activity: Activity) -> list[Attendee]:
    return list(
        Attendee.objects.filter(kickoff=campaign.kickoff_id, person__is_active=True)
        .taking_part()
        .in_segment(activity)
        .select_related("person__manager")
        .order_by("pk")
    )


def _wanted(
    campaign: Campaign, activity: Activity, attendees: Iterable[Attendee]
) -> Iterator[_Wanted]:
    managers: set[int] = set()
    for attendee in attendees:
        person, starts = attendee.person, _path_starts(campaign, attendee)
        manager = person.manager if person.manager and person.manager.is_active else None
        if activity.kind != Activity.Kind.MANAGER_FOLLOW_UP:
            yield _Wanted(person, None, starts)
        if manager is None:
            continue
        if activity.setting == Activity.Setting.TEAM_MEETING:
            if manager.pk not in managers:
                managers.add(manager.pk)
                yield _Wanted(manager, None, campaign.day_zero)
        elif activity.kind in (Activity.Kind.MANAGER_FOLLOW_UP, Activity.Kind.CERTIFICATION):
            yield _Wanted(manager, person, starts)


def _path_starts(campaign: Campaign, attendee: Attendee) -> date:
    return clock.path_starts(
        day_zero=campaign.day_zero,
        hire_date=attendee.person.hire_date,
        added_date=campaign.kickoff.local_date(attendee.added_at),
        on_time=campaign.started_at is None or attendee.added_at <= campaign.started_at,
    )


def _move(activity: Activity, wanted: list[_Wanted], times: "_Times") -> None:
    """Bring the touches that were not sent yet in line with a changed activity."""
    rows = {(row.about.pk if row.about else None, row.person.pk): row for row in wanted}
    by_rep = {row.about.pk: row for row in wanted if row.about}
    moved, gone = [], []
    for touch in activity.touches.filter(state=Touch.State.WAITING, done_at=None):
        row = by_rep.get(touch.about_id or 0) or rows.get((None, touch.person_id))
        if row is None or (touch.about_id is None) != (row.about is None):
            gone.append(touch.pk)
            continue
        touch.due_at, touch.overdue_at = times.due_at(row), times.overdue_at(row)
        moved.append(touch)
    waiting = Touch.objects.filter(state=Touch.State.WAITING, done_at=None)
    waiting.filter(pk__in=gone).delete()
    waiting.bulk_update(moved, ["due_at", "overdue_at"], batch_size=200)


class _Times:
    """Due and overdue times of one activity; people share zones and calendars, so each is kept."""

    def __init__(self, activity: Activity, calendars: Mapping[int, Calendar], at: datetime) -> None:
        self.activity = activity
        self.calendars = calendars
        self.at = at
        self.known: dict[tuple[date, str, Calendar], tuple[datetime, datetime]] = {}

    def due_at(self, row: _Wanted) -> datetime:
        return self._both(row)[0]

    def overdue_at(self, row: _Wanted) -> datetime:
        return self._both(row)[1]

    def _both(self, row: _Wanted) -> tuple[datetime, datetime]:
        calendar = self.calendars[row.person.pk]
        key = (row.path_starts, row.person.time_zone, calendar)
        if key not in self.known:
            zone = ZoneInfo(row.person.time_zone)
            due = clock.due_at(
                day_zero=row.path_starts,
                offset_days=self.activity.day_offset,
                hour=self.activity.local_hour,
                zone=zone,
                calendar=calendar,
                not_before=self.at,
            )
            late = clock.overdue_at(
                due, days_to_do=self.activity.days_to_do, zone=zone, calendar=calendar
            )
            self.known[key] = (due, late)
        return self.known[key]
