from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity
from reinforcement.campaigns.queries import Counts
from reinforcement.touches.models import Touch


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person has to do in the 90 days, in the order in which to do it."""

    due: list[Touch]  # late ones first
    upcoming: list[Touch]
    done: list[Touch]  # newest first

    @property
    def next(self) -> Touch | None:
        """The one thing to do now, if anything is due."""
        return self.due[0] if self.due else None


def mine(person: Person, kickoff: Kickoff, at: datetime) -> Mine:
    """A person's touches of a kickoff; one query."""
    touches = list(
        Touch.objects.of_kickoff(kickoff)
        .doable()
        .expected(at)
        .filter(person=person)
        .select_related("activity", "about", "person")
    )
    due = [touch for touch in touches if touch.is_open_at(at)]
    return Mine(
        due=sorted(due, key=lambda touch: (touch.overdue_at, touch.pk)),
        upcoming=[touch for touch in touches if touch.can_be_done and touch.due_at > at],
        done=sorted(
            (touch for touch in touches if touch.done_at),
            key=lambda touch: touch.done_at or at,
            reverse=True,
        ),
    )


def follow_ups(manager: Person, kickoff: Kickoff, at: datetime) -> QuerySet[Touch]:
    """
    A manager's own open touches and those of their reports that are due, or due within a week;
    not of reports, or about reps, who have left.
    """
    return (
        Touch.objects.of_kickoff(kickoff)
        .open()
        .filter(due_at__lte=at + timedelta(days=7))
        .seen_by_manager(manager)
        .expected(at)
        .select_related("activity", "person", "about")
    )


def counts(at: datetime) -> dict[str, Counts]:
    """
    Touches due, sent, done and overdue, by the slug of their kickoff; not what somebody who has
    left did not do. One query.
    """
    open_ = Q(done_at=None)
    rows = (
        Touch.objects.doable()
        .expected(at)
        .values_list("activity__campaign__kickoff__slug")
        .annotate(
            planned=Count("pk"),
            due=Count("pk", filter=Q(due_at__lte=at)),
            sent=Count("pk", filter=Q(state=Touch.State.SENT)),
            done=Count("pk", filter=~open_),
            overdue=Count("pk", filter=open_ & Q(overdue_at__lte=at)),
        )
        .order_by("activity__campaign__kickoff__slug")
    )
    return {slug: Counts(*numbers) for slug, *numbers in rows}


@dataclass(frozen=True, slots=True)
class LateTeam:
    """How many follow-ups of a manager and their reports are late. Of nobody where `manager` is None."""

    manager: Person | None
    late: int


def late_by_manager(kickoff: Kickoff, at: datetime) -> list[LateTeam]:
    """
    The late follow-ups of a kickoff by the manager who can do something about them, the most
    first. Counts alone: who of a team is late, their manager sees. Two queries.
    """
    # What managers lead is late with themselves
    leads = When(activity__kind=Activity.Kind.MANAGER_FOLLOW_UP, then=F("person"))
    counts = dict(
        Touch.objects.of_kickoff(kickoff)
        .overdue(at)
        .expected(at)
        .order_by()
        .annotate(led_by=Case(leads, default=F("person__manager")))
        .values_list("led_by")
        .annotate(late=Count("pk"))
    )
    managers = Person.objects.in_bulk([pk for pk in counts if pk is not None])
    found = [LateTeam(managers.get(pk), late) for pk, late in counts.items()]
    return sorted(
        found, key=lambda team: (-team.late, team.manager.full_name if team.manager else "")
    )


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """What becomes of the touches of people who go from a roster. One query."""
    count = Touch.objects.of_kickoff(kickoff).open().filter(person__in=people).count()
    said = ngettext(
        "%(count)d open touch is skipped; what was done counts.",
        "%(count)d open touches are skipped; what was done counts.",
        count,
    )
    return [said % {"count": count}] if count else []
