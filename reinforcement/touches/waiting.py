from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting
from reinforcement.touches.models import Touch


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """What the 90 days ask of somebody, from the hour on that was chosen for it. One query."""
    touches = (
        Touch.objects.reached(at)
        .expected(at)
        .filter(
            person__in=people,
            activity__campaign__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .select_related("activity__campaign__kickoff", "about")
    )
    return (_item(touch) for touch in touches)


def _item(touch: Touch) -> Waiting:
    activity, kickoff = touch.activity, touch.activity.campaign.kickoff
    return Waiting(
        person_id=touch.person_id,
        kind=f"touches.{activity.kind.lower()}",
        title=activity.title,
        url=reverse("reinforcement:touches:detail", args=[kickoff.slug, touch.pk]),
        note=touch.about.display_name if touch.about else "",
        since=touch.due_at,
        due_at=touch.overdue_at,
        about_id=touch.about_id,
        place=place_of(kickoff),
    )
