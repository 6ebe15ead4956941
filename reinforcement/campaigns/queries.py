from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.models import Session
from core.due.rules import Calendar, next_working_day
from events.kickoff.hooks import Finding, Phase, Severity
from events.kickoff.models import Kickoff
from events.questions.models import Question, Topic
from people.org.queries import here
from reinforcement.campaigns import rules
from reinforcement.campaigns.models import Activity, Campaign

# With a big bet, what a kickoff is held for and what is forgotten first
KEY_SESSIONS = ("KEYNOTE", "WORKSHOP", "COMPETITIVE", "PRODUCT")


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

    def __add__(self, other: "Counts") -> "Counts":
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
    """One activity of the plan with its counts."""

    activity: Activity
    date: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a kickoff as its planner sees it."""

    campaign: Campaign | None
    rows: list[Progress]
    today: date
    day: int

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
    """The plan with its counts, and where it stands today at the venue; 3 queries."""
    return Plan(
        campaign=campaign_of(kickoff),
        rows=progress(kickoff, at),
        today=kickoff.local_date(at),
        day=day_of(kickoff, at),
    )


def progress(kickoff: Kickoff, at: datetime) -> list[Progress]:
    """Every live activity of a kickoff's plan in the order of its days, with counts; 2 queries."""
    campaign = campaign_of(kickoff)
    if campaign is None:
        return []
    rows = _counted(
        campaign.activities.live()
        .select_related("segment_region", "session")
        .prefetch_related("topics"),
        at,
    )
    return [
        Progress(activity, date_of(campaign, activity.day_offset), _counts(activity))
        for activity in rows
    ]


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


def date_of(campaign: Campaign, offset_days: int) -> date:
    """The working day, Monday to Friday, on which an activity comes; holidays differ by person."""
    return next_working_day(campaign.day_zero + timedelta(days=offset_days), Calendar())


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


def readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """What is missing before the 90 days can begin."""
    plan_url = reverse("reinforcement:campaigns:plan", kwargs={"slug": kickoff.slug})
    activities = list(
        Activity.objects.live().filter(campaign__kickoff=kickoff).prefetch_related("topics")
    )
    if not activities:
        yield Finding(
            Phase.AFTER,
            Severity.IMPROVE,
            _("There is no 30-60-90 plan."),
            _("Without a follow-up, most of a kickoff is forgotten within weeks."),
            _("Plan the 90 days"),
            plan_url,
        )
        return
    yield Finding(
        Phase.AFTER,
        Severity.MET,
        ngettext(
            "The plan has %(count)s activity.",
            "The plan has %(count)s activities.",
            len(activities),
        )
        % {"count": len(activities)},
    )
    yield _key_sessions(kickoff, activities)
    yield _managers_follow_up(activities, plan_url)
    yield _checks_have_questions(kickoff, activities)


def _key_sessions(kickoff: Kickoff, activities: list[Activity]) -> Finding:
    # Met again by going back to it, or by questions on a topic of one of its bets
    revisited = {activity.session_id for activity in activities if activity.session_id}
    bets = {topic.bet_id for activity in activities for topic in activity.topics.all()}
    sessions = (
        Session.objects.filter(kickoff=kickoff, type__in=KEY_SESSIONS, bets__isnull=False)
        .exclude(pk__in=revisited)
        .exclude(bets__in=bets - {None})
        .distinct()
    )
    left = list(sessions.values_list("title", flat=True))
    if not left:
        return Finding(Phase.AFTER, Severity.MET, _("Each key session has a follow-up."))
    create = reverse("reinforcement:campaigns:activity_create", kwargs={"slug": kickoff.slug})
    named = ", ".join(f"“{title}”" for title in left[:3])
    return Finding(
        Phase.AFTER,
        Severity.IMPROVE,
        ngettext(
            "%(count)s key session has no follow-up.",
            "%(count)s key sessions have no follow-up.",
            len(left),
        )
        % {"count": len(left)},
        named if len(left) <= 3 else _("%(titles)s and others.") % {"titles": named},
        _("Add an activity"),
        create,
    )


def _managers_follow_up(activities: list[Activity], plan_url: str) -> Finding:
    count = sum(activity.kind == Activity.Kind.MANAGER_FOLLOW_UP for activity in activities)
    if count:
        return Finding(
            Phase.AFTER,
            Severity.MET,
            ngettext(
                "Managers lead %(count)s follow-up.", "Managers lead %(count)s follow-ups.", count
            )
            % {"count": count},
        )
    return Finding(
        Phase.AFTER,
        Severity.IMPROVE,
        _("No follow-up is led by managers."),
        _("What managers do not own becomes optional."),
        _("Add a follow-up"),
        plan_url,
    )


def _checks_have_questions(kickoff: Kickoff, activities: list[Activity]) -> Finding:
    checks = [a for a in activities if a.kind == Activity.Kind.RETENTION_CHECK]
    held: dict[int, int] = dict(
        Question.objects.held_back()
        .filter(topic__kickoff=kickoff)
        .values_list("topic")
        .annotate(n=Count("pk"))
        .order_by(F("topic"))
    )
    short = [
        check
        for check in checks
        if sum(held.get(t.pk, 0) for t in check.topics.all() or ())
        + (0 if check.topics.all() else sum(held.values()))
        < check.question_count
    ]
    if not short:
        return Finding(
            Phase.AFTER,
            Severity.MET,
            ngettext(
                "%(count)s check has its questions.",
                "%(count)s checks have their questions.",
                len(checks),
            )
            % {"count": len(checks)},
        )
    return Finding(
        Phase.AFTER,
        Severity.IMPROVE,
        ngettext(
            "%(count)s check has too few questions.",
            "%(count)s checks have too few questions.",
            len(short),
        )
        % {"count": len(short)},
        _("A check asks only questions that practice never shows."),
        _("Write questions"),
        reverse("events:questions:list", kwargs={"slug": kickoff.slug}),
    )
