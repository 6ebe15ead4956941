"""What is missing before the 90 days can begin."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.queries.serving import sessions_with_bets
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.questions.models import Question
from events.readiness.queries import asked
from reinforcement.campaigns.models import Activity

# With a big bet, what a kickoff is held for and what is forgotten first
KEY_SESSIONS = ("KEYNOTE", "WORKSHOP", "COMPETITIVE", "PRODUCT")


PLANNED = Check(
    "campaign.plan",
    Phase.AFTER,
    4,
    gettext_lazy("71% of companies give no follow-up"),
    name=gettext_lazy("The 30-60-90 plan"),
)
MET_AGAIN = Check(
    "campaign.sessions",
    Phase.AFTER,
    5,
    gettext_lazy("Latimier 2021: spaced recall, g = 0.74"),
    name=gettext_lazy("Follow-up of key sessions"),
)
BY_MANAGERS = Check(
    "campaign.managers",
    Phase.AFTER,
    5,
    gettext_lazy("What managers do not own becomes optional"),
    threshold=Threshold(
        gettext_lazy("follow-ups that managers lead: at least %(value)s"), 1, 1, 12, unit=""
    ),
    name=gettext_lazy("Follow-ups that managers lead"),
)
ASKED = Check(
    "campaign.questions",
    Phase.AFTER,
    4,
    gettext_lazy("Rule: 20% of items are held out"),
    name=gettext_lazy("Questions for the checks"),
)


@checks(PLANNED, MET_AGAIN, BY_MANAGERS, ASKED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """What is missing before the 90 days can begin."""
    plan_url = reverse("reinforcement:campaigns:plan", kwargs={"slug": kickoff.slug})
    activities, held = _activities(kickoff)
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
    yield _managers_follow_up(kickoff, activities, plan_url)
    yield _checks_have_questions(kickoff, activities, held)


@dataclass(slots=True)
class _Planned:
    """An activity, the bets that its topics serve, and how many questions on them are held out."""

    kind: str
    session_id: int | None
    question_count: int
    bets: set[int] = field(default_factory=set)
    held: int = 0
    has_topics: bool = False


def _activities(kickoff: Kickoff) -> tuple[list[_Planned], int]:
    """What is planned, and how many questions of the whole kickoff are held out. One query."""
    of_all = Question.objects.filter(topic__kickoff=kickoff, held_out=True, retired_at=None)
    held_back = Q(topics__questions__held_out=True, topics__questions__retired_at=None)
    rows = list(
        Activity.objects.live()
        .filter(campaign__kickoff=kickoff)
        .values_list("pk", "kind", "session_id", "question_count", "topics", "topics__bet_id")
        .annotate(
            held=Count("topics__questions", filter=held_back),
            of_all=Subquery(of_all.order_by().values("topic__kickoff").values(count=Count("pk"))),
        )
    )
    found: dict[int, _Planned] = {}
    for pk, kind, session_id, question_count, topic_id, bet_id, held, _of_all in rows:
        one = found.setdefault(pk, _Planned(kind, session_id, question_count))
        one.has_topics |= topic_id is not None
        one.bets |= {bet_id} - {None}
        one.held += held
    held_of_all = rows[0][-1] if rows else None  # None where nothing is held out
    return list(found.values()), held_of_all or 0


def _key_sessions(kickoff: Kickoff, activities: list[_Planned]) -> Finding:
    # Met again by going back to it, or by questions on a topic of one of its bets
    revisited = {activity.session_id for activity in activities if activity.session_id}
    bets = {bet for activity in activities for bet in activity.bets}
    rows = sessions_with_bets(kickoff)
    revisited |= {one.session_id for one in rows if one.bet_id in bets}
    left = list(
        {
            one.session_id: one.title
            for one in rows
            if one.type in KEY_SESSIONS and one.session_id not in revisited
        }.values()
    )
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


def _managers_follow_up(kickoff: Kickoff, activities: list[_Planned], plan_url: str) -> Finding:
    count = sum(activity.kind == Activity.Kind.MANAGER_FOLLOW_UP for activity in activities)
    wanted = asked(kickoff, BY_MANAGERS)
    if count >= wanted:
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
        _("Managers lead %(count)d follow-ups; you ask for %(wanted)d.")
        % {"count": count, "wanted": wanted}
        if count
        else _("No follow-up is led by managers."),
        _("What managers do not own becomes optional."),
        _("Add a follow-up"),
        plan_url,
        share=count / wanted,
    )


def _checks_have_questions(kickoff: Kickoff, activities: list[_Planned], held: int) -> Finding:
    asked = [a for a in activities if a.kind == Activity.Kind.RETENTION_CHECK]
    # A check of no topic asks of all of them
    short = [a for a in asked if (a.held if a.has_topics else held) < a.question_count]
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
