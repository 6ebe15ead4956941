"""What one check-in at the door takes, as a phone sends it."""

from itertools import cycle
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.door.actions import make_badges
from agenda.door.models import Badge
from events.kickoff.models import Kickoff
from sko_planner.bench.measure import Figures, measure

BADGES = 500
PAGE = "agenda:door:page"
CHECK_IN = Figures(queries=10, times=20, db_share=1)  # with BEGIN and COMMIT
SEEN = Figures(queries=15, times=120, db_share=1)


def check_in(client: Client, kickoff: Kickoff) -> Figures:
    """Check people in one by one, by their badges."""
    url = reverse("api:scans-list", kwargs={"slug": kickoff.slug})
    make_badges(kickoff=kickoff, at=timezone.now())
    badges = Badge.objects.filter(attendee__kickoff=kickoff).order_by("pk")[:BADGES]
    texts = cycle([badge.text for badge in badges])

    def one() -> None:
        at = timezone.now().isoformat()
        scan = {"key": str(uuid4()), "kind": "IN", "at": at, "code": next(texts)}
        answer = client.post(
            url, {"device": "Bench", "sent_at": at, "scans": [scan]}, "application/json"
        )
        if answer.status_code != 200 or answer.json()[0]["state"] not in ("in", "already"):
            raise RuntimeError(f"{url} answered {answer.status_code}: {answer.content[:200]!r}")

    return measure(one)
