"""What a person promised, as a file of theirs holds it, and what is kept no longer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from events.commitments.models import ActionPlan, Commitment, WeeklyReview
from people.accounts.models import Person

KEPT_AFTER_END, KEPT_AFTER_LEAVING = timedelta(days=2 * 365), timedelta(days=90)


def past_keeping(at: datetime) -> Q:
    """Of a table with a kickoff and a person: what is kept no longer at a moment."""
    today = at.date()
    return Q(kickoff__ends_date__lt=today - KEPT_AFTER_END) | Q(
        person__leave_date__lt=today - KEPT_AFTER_LEAVING
    )


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """A person's plans, promises with each time that they fell due, and reviews. Four queries."""
    plans = ActionPlan.objects.filter(person=person)
    yield (
        "action_plans",
        list(plans.values("kickoff__name", "adopted_at", "agreed_at", "agreed_by__full_name")),
    )
    promises = Commitment.objects.filter(person=person).select_related(
        "kickoff", "bet", "promised_to"
    )
    yield (
        "commitments",
        [
            {
                "kickoff": made.kickoff.name,
                "source": made.source,
                "bet": made.bet.title if made.bet else None,
                "promised_to": made.promised_to.full_name if made.promised_to else None,
                "words": made.words,
                "done_when": made.done_when,
                "cadence": made.cadence,
                "by_date": made.by_date,
                "made_at": made.made_at,
                "dropped_at": made.dropped_at,
                "occurrences": [
                    {
                        "due_date": one.due_date,
                        "state": one.state,
                        "settled_at": one.settled_at,
                        "reason": one.reason,
                    }
                    for one in made.occurrences.all()
                ],
            }
            for made in promises.prefetch_related("occurrences")
        ],
    )
    reviews = WeeklyReview.objects.filter(person=person)
    yield (
        "weekly_reviews",
        list(reviews.values("kickoff__name", "week_date", "opened_at", "done_at")),
    )
