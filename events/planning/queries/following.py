"""What becomes of tasks whose owners go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.planning.models import PlanningTask


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """The open tasks of people who go from a roster, which stay theirs. One query."""
    count = PlanningTask.objects.filter(kickoff=kickoff, owner__in=people).open().count()
    said = ngettext(
        "%(count)d open task stays theirs: give it to somebody else in the plan.",
        "%(count)d open tasks stay theirs: give them to somebody else in the plan.",
        count,
    )
    return [said % {"count": count}] if count else []
