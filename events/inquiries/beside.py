"""What stands of questions, wishes and reviews beside a packet, and on a manager's report."""

from typing import Any

from django.utils import timezone

from events.inquiries import queries
from events.inquiries.rules import states
from events.kickoff.models import Kickoff
from events.packets.access import may_read_line
from events.packets.beside import Panel
from events.packets.models import PacketVersion
from people.accounts.models import Person


def panel(version: PacketVersion, viewer: Person) -> Panel | None:
    """For the rep: ask, their threads, the wish, the review. For others: the same to follow."""
    packet, at = version.packet, timezone.now()
    kickoff, rep = packet.kickoff, packet.rep
    wish = queries.wishes_of(packet).first()
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "version": version,
        "at": at,
        "asked": queries.asked_about(packet, at),
        "wish": wish,
        "wish_state": states.of_wish(wish.state) if wish is not None else None,
        "slot": queries.review_of(kickoff, rep),
    }
    if viewer.pk != rep.pk:
        return Panel("events/inquiries/_beside.html", {**context, "rep": rep})
    return Panel(
        "events/inquiries/_beside_mine.html",
        {
            **context,
            "shared": queries.shared_count(kickoff, rep),
            "free": len(queries.free_slots(kickoff, rep, at)) if rep.manager_id else 0,
        },
    )


def report_panel(kickoff: Kickoff, manager: Person) -> Panel | None:
    """The reviews of a manager's own reports, for one who may read their packets."""
    if not may_read_line(manager):
        return None
    reviews = queries.team_reviews(kickoff, manager, timezone.now())
    if not reviews:
        return None
    return Panel("events/inquiries/_report.html", {"kickoff": kickoff, "reviews": reviews})
