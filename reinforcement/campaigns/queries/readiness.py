"""What is missing before the 90 days can begin."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Session
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.questions.models import Question
from reinforcement.campaigns.models import Activity

# With a big bet, what a kickoff is held for and what is forgotten first
KEY_SESSIONS = ("KEYNOTE", "WORKSHOP", "COMPETITIVE", "PRODUCT")


PLANNED = Check("campaign.plan", Phase.AFTER, 4, gettext_lazy("71% of companies give no follow-up"))
MET_AGAIN = Check(
    "campaign.sessions", Phase.AFTER, 5, gettext_lazy("Latimier 2021: spaced recall, g = 0.74")
)
BY_MANAGERS = Check(
    "campaign.managers", Phase.AFTER, 5, gettext_lazy("What managers do not own becomes optional")
)
ASKED = Check("campaign.questions", Phase.AFTER, 4, gettext_lazy("Rule: 20% of items are held out"))


@checks(PLANNED, MET_AGAIN, BY_MANAGERS, ASKED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """What is missing before the 90 days can begin."""
    plan_url = reverse("reinforcement:campaigns:plan", kwargs={"slug": kickoff.slug})
    activities = list(
        Activity.objects.live().filter(campaign__kickoff=kickoff).prefetch_related("topics")
    )
    if not activities:
        yield Finding(
            PLANNED,
            Severity.IMPROVE,
            _("There is no 30-60-90 plan."),
            _("Without a follow-up, most of a kickoff is forgotten within weeks."),
            _("Plan the 90 days"),
            plan_url,
        )
        return
    yield Finding(
        PLANNED,
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
        return Finding(MET_AGAIN, Severity.MET, _("Each key session has a follow-up."))
    create = reverse("reinforcement:campaigns:activity_create", kwargs={"slug": kickoff.slug})
    named = ", ".join(f"“{title}”" for title in left[:3])
    return Finding(
        MET_AGAIN,
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
            BY_MANAGERS,
            Severity.MET,
            ngettext(
                "Managers lead %(count)s follow-up.", "Managers lead %(count)s follow-ups.", count
            )
            % {"count": count},
        )
    return Finding(
        BY_MANAGERS,
        Severity.IMPROVE,
        _("No follow-up is led by managers."),
        _("What managers do not own becomes optional."),
        _("Add a follow-up"),
        plan_url,
    )


def _checks_have_questions(kickoff: Kickoff, activities: list[Activity]) -> Finding:
    asked = [a for a in activities if a.kind == Activity.Kind.RETENTION_CHECK]
    held: dict[int, int] = dict(
        Question.objects.held_back()
        .filter(topic__kickoff=kickoff)
        .values_list("topic")
        .annotate(n=Count("pk"))
        .order_by(F("topic"))
    )
    short = [
        check
        for check in asked
        if sum(held.get(t.pk, 0) for t in check.topics.all() or ())
        + (0 if check.topics.all() else sum(held.values()))
        < check.question_count
    ]
    if not short:
        return Finding(
            ASKED,
            Severity.MET,
            ngettext(
                "%(count)s check has its questions.",
                "%(count)s checks have their questions.",
                len(asked),
            )
            % {"count": len(asked)},
        )
    return Finding(
        ASKED,
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
