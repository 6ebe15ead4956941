"""The beginnings of sessions, as moments that something before the event can wait for."""

from collections.abc import Iterator

from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from events.packets.delivery.hooks import Moment


def moments_of(kickoff: Kickoff) -> Iterator[Moment]:
    """Each session that has a time, where the draft agenda has it now. One query."""
    sessions = Session.objects.scheduled().filter(kickoff=kickoff).order_by("starts_at", "pk")
    for pk, title, starts_at in sessions.values_list("pk", "title", "starts_at"):
        if starts_at is not None:
            yield Moment(f"session:{pk}", title, starts_at)
