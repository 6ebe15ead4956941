"""What becomes of sessions whose speakers go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import ngettext

from agenda.sessions.models import Session
from events.kickoff.models import Kickoff


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """The sessions that people who go from a roster lead or speak in. One query."""
    led = Session.objects.filter(kickoff=kickoff, people__person__in=people)
    count = led.order_by().distinct().count()
    said = ngettext(
        "%(count)d session names one of them: put somebody else in.",
        "%(count)d sessions name one of them: put somebody else in.",
        count,
    )
    return [said % {"count": count}] if count else []
