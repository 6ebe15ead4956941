"""Pre-work that is for the people of one session: what goes with it, and whose session is gone."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.prework.hooks import sessions_of
from events.prework.models import Assignment, PreworkItem


def goes_with_session(kickoff: Kickoff, session_id: int, at: datetime) -> str:
    """What becomes of pre-work once a session is deleted; empty where none is for it. Two queries."""
    assigned = Assignment.objects.assigned().filter(kickoff=kickoff, segment_session=session_id)
    theirs = list(assigned)
    if not theirs:
        return ""
    count = PreworkItem.objects.untouched().filter(assignment__in=theirs).count()
    titles = ", ".join(f"“{one.title}”" for one in theirs)
    said = ngettext(
        "%(titles)s is for its people: %(count)d person who has not begun it loses it. What is "
        "begun stays.",
        "%(titles)s is for its people: %(count)d people who have not begun it lose it. What is "
        "begun stays.",
        count,
    )
    return said % {"titles": titles, "count": count}


def without_session(kickoff: Kickoff, assignments: Iterable[Assignment]) -> list[Assignment]:
    """Those whose session was deleted, so that nobody gets them any more. One query where any has one."""
    bound = [one for one in assignments if one.segment_session is not None]
    there = {pk for pk, _title in sessions_of(kickoff)} if bound else set()
    return [one for one in bound if one.segment_session not in there]


def gone_session() -> str:
    """What stands in a form in place of a session that was deleted."""
    return _("A session that was deleted")
