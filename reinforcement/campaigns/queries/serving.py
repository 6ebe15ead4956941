"""Which big bets the activities of a campaign serve, by their topics."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from events.bets.hooks import Serving
from events.kickoff.models import Kickoff
from reinforcement.campaigns.models import Activity


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The activities of the 90 days with a topic of a big bet. One query."""
    rows = (
        Activity.objects.live()
        .filter(campaign__kickoff=kickoff, topics__bet__isnull=False)
        .values_list("topics__bet", "pk", "title")
        .order_by("pk", "topics__bet")
        .distinct()
    )
    for bet_id, activity_id, title in rows:
        url = reverse("reinforcement:campaigns:activity_edit", args=[kickoff.slug, activity_id])
        yield Serving(bet_id, _("Follow-ups"), title, url)
