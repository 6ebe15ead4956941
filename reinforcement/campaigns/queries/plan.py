"""The plan of a kickoff, how far it is, and on which days it reaches whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from core.due.rules import Calendar
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.org.queries import here
from reinforcement.campaigns import rules
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.campaigns.queries.arrivals import Group, groups_of
from reinforcement.campaigns.rules import Arrival


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How far something is, in touches. `due` have reached their hour, `sent` were mailed,
    `overdue` are late and not done. A touch taken back (declined, withdrawn) is in none, nor is what
    somebody who has left did not do.
    """

    planned: int = 0
    due: int = 0
    sent: int = 0
    done: int = 0
    overdue: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.planned + other.planned,
            self.due + other.due,
            self.sent + other.sent,
            self.done + other.done,
            self.overdue + other.overdue,
        )

    @property
    def in_time(self) -> int:
        """Due, not done and not late yet."""
        return max(self.due - self.done - self.overdue, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """One activity of the plan: on which days it reaches whom, the most first, and its counts."""

    activity: Activity
    days: Sequence[Arrival]
    counts: Counts

    @property
    def date(self) -> date:
        """The day on which it reaches most."""
        return self.days[0].date


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a kickoff as its planner sees it."""

    campaign: Campaign | None
    rows: list[Progress]
    today: date
    day: int
    without_country: int  # people whose public holidays nobody knows

    @property
    def months(self) -> list[tuple[int, list[Progress]]]:
        """The activities in three parts: up to day 30, 60, and what comes later."""
        parts: dict[int, list[Progress]] = {30: [], 60: [], 90: []}
        for row in self.rows:
            offset = row.activity.day_offset
            parts[30 if offset <= 30 else 60 if offset <= 60 else 90].append(row)
        return list(parts.items())

    @property
    def total(self) -> Counts:
        return sum((row.counts for row in self.rows), Counts())

    @property
    def today_row(self) -> Progress | None:
        """The activity that comes next, or is today's, while the campaign runs."""
        if self.campaign is None or self.campaign.state != Campaign.State.RUNNING:
            return None
        ahead = (row for row in self.rows if row.activity.day_offset >= self.day)
        return next(ahead, None)


def plan(kickoff: Kickoff, at: datetime) -> Plan:
    """The plan with its counts and days, and where it stands today at the venue; 6 queries."""
    campaign = campaign_of(kickoff)
    groups = groups_of(kickoff, at) if campaign else []
    return Plan(
        campaign=campaign,
        rows=_progress(campaign, groups, at) if campaign else [],
        today=kickoff.local_date(at),
        day=day_of(kickoff, at),
        without_country=sum(group.people for group in groups if not group.calendar.country),
    )


def progress(kickoff: Kickoff, at: datetime) -> list[Progress]:
    """
    Every live activity of a kickoff's plan in the order of its days, with counts and days;
    5 queries.
    """
    return plan(kickoff, at).rows


def _progress(campaign: Campaign, groups: Sequence[Group], at: datetime) -> list[Progress]:
    rows = _counted(
        campaign.activities.live()
        .select_related("segment_region", "session")
        .prefetch_related("topics"),
        at,
    )
    return [
        Progress(activity, _days(campaign, activity, groups), _counts(activity))
        for activity in rows
    ]


def _days(campaign: Campaign, activity: Activity, groups: Sequence[Group]) -> list[Arrival]:
    people: Counter[Calendar] = Counter()
    for group in groups:
        if group.gets(activity):
            people[group.calendar] += group.people
    return rules.arrivals(campaign.day_zero + timedelta(days=activity.day_offset), people)


def campaign_counts(kickoff: Kickoff, at: datetime) -> dict[int, Counts]:
    """
    Counts by checkpoint: everything up to and including day 0, 30, 60 and 90 since the one
    before. What comes after day 90 counts with it. One query.
    """
    rows = _counted(Activity.objects.live().filter(campaign__kickoff=kickoff), at)
    found = dict.fromkeys(rules.CHECKPOINT_DAYS, Counts())
    for activity in rows:
        later = [day for day in rules.CHECKPOINT_DAYS if day >= activity.day_offset]
        day = min(later, default=rules.CHECKPOINT_DAYS[-1])
        found[day] += _counts(activity)
    return found


def _counted(activities: QuerySet[Activity], at: datetime) -> QuerySet[Activity]:
    # By the name of the relation, since the touches stand above the campaigns
    still_here = here(at, "touches__person") & (Q(touches__about=None) | here(at, "touches__about"))
    kept = Q(touches__skip_reason__in=["", "STALE"]) & still_here
    counted = kept | Q(touches__done_at__isnull=False)
    return activities.annotate(
        planned=Count("touches", filter=counted),
        due=Count("touches", filter=counted & Q(touches__due_at__lte=at)),
        sent=Count("touches", filter=counted & Q(touches__state="SENT")),
        done=Count("touches", filter=Q(touches__done_at__isnull=False)),
        overdue=Count(
            "touches",
            filter=counted & Q(touches__done_at=None, touches__overdue_at__lte=at),
        ),
    ).order_by("day_offset", "local_hour", "pk")


def _counts(activity: Activity) -> Counts:
    return Counts(*(getattr(activity, name) for name in Counts.__slots__))


def campaign_of(kickoff: Kickoff) -> Campaign | None:
    """The campaign of a kickoff, if it has a plan."""
    campaign = Campaign.objects.filter(kickoff=kickoff).first()
    if campaign is not None:
        campaign.kickoff = kickoff
    return campaign


def day_of(kickoff: Kickoff, at: datetime) -> int:
    """Which day of its 90 days a kickoff is on, at the venue; negative before its last day."""
    return rules.day_number(kickoff.ends_date, kickoff.local_date(at))


def behaviours(activity: Activity) -> list[Topic]:
    """The three topics whose behaviour a manager scores for a certification."""
    chosen = list(activity.topics.exclude(behaviour=""))
    if not chosen:
        kickoff = activity.campaign.kickoff
        chosen = list(Topic.objects.filter(kickoff=kickoff).exclude(behaviour=""))
    return chosen[: rules.CERTIFICATION_TOPICS]
