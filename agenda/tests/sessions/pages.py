from datetime import UTC, datetime

from django.urls import reverse

from agenda.sessions.actions import release_agenda

AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)  # the first day, 09:00 in Lisbon


def url(name, world, **more):
    return reverse(f"agenda:sessions:{name}", kwargs={"slug": world.kickoff.slug} | more)


def release(world):
    return release_agenda(kickoff=world.kickoff, by=world["planner"], at=AT)
