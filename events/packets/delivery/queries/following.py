"""What becomes of packets whose reps go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """The packets of reps who go from a roster: that there are some, and no figure. One query."""
    count = Packet.objects.filter(kickoff=kickoff, rep__in=people).count()
    said = ngettext(
        "%(count)d packet stays as it is: RevOps says what becomes of it.",
        "%(count)d packets stay as they are: RevOps says what becomes of them.",
        count,
    )
    return [said % {"count": count}] if count else []
