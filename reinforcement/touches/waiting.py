from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import LONGEST, Act, Waiting
from reinforcement.campaigns.models import Activity
from reinforcement.touches.models import Touch

WATCHED = (
    Watch("reinforcement_touch", "{row}.person_id"),
    Watch(
        "reinforcement_activity",
        "SELECT person_id FROM reinforcement_touch WHERE activity_id = {row}.id",
    ),
    Watch(
        "reinforcement_campaign",
        "SELECT person_id FROM reinforcement_touch JOIN reinforcement_activity"
        " ON reinforcement_activity.id = activity_id WHERE campaign_id = {row}.id",
    ),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM reinforcement_touch JOIN reinforcement_activity"
        " ON reinforcement_activity.id = activity_id JOIN reinforcement_campaign"
        " ON reinforcement_campaign.id = campaign_id WHERE kickoff_id = {row}.id",
    ),
    Watch(
        "people_person",
        "SELECT person_id FROM reinforcement_touch WHERE about_id = {row}.id",
        ("full_name", "preferred_name", "is_active", "leave_date", "time_zone"),
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """What the 90 days ask of somebody, from the hour on that was chosen for it. One query."""
    touches = (
        Touch.objects.reached(at + LONGEST)
        .expected(at)
        .filter(
            person__in=people,
            activity__campaign__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .select_related("activity__campaign__kickoff", "about")
    )
    return (item_of(touch) for touch in touches)


def item_of(touch: Touch) -> Waiting:
    """A touch as what waits for its person."""
    activity, kickoff = touch.activity, touch.activity.campaign.kickoff
    kind, page, number, button = _way(touch)
    return Waiting(
        person_id=touch.person_id,
        kind=kind,
        title=activity.title,
        url=reverse(page, args=[kickoff.slug, number]),
        button=button,
        note=touch.about.display_name if touch.about else "",
        since=touch.due_at,
        begins_at=touch.due_at,
        due_at=touch.overdue_at,
        about_id=touch.about_id,
        place=place_of(kickoff),
        act_of_manager=Act(
            _("Extend"), reverse("reinforcement:touches:extend", args=[kickoff.slug, touch.pk])
        ),
    )


def _way(touch: Touch) -> tuple[str, str, int, str]:
    """What kind of thing it is, the page that does it and its number there, and the verb."""
    activity = touch.activity
    if touch.about_id and activity.kind == Activity.Kind.CERTIFICATION:
        return "team.certification", "reinforcement:assessments:score", touch.pk, _("Mark it")
    if touch.about_id:
        page = "reinforcement:coaching:one_to_one"
        return "team.one_to_one", page, touch.about_id, _("Start the 1:1")
    own = "reinforcement:touches:detail"
    if activity.setting == Activity.Setting.TEAM_MEETING:
        return "team.meeting", own, touch.pk, _("Open")
    return f"touches.{activity.kind.lower()}", own, touch.pk, _("Start")
