"""What stands of questions, wishes and reviews beside a packet, and on a manager's report."""

from typing import Any

from django.utils import timezone

from events.kickoff.models import Kickoff
from events.packets.delivery.access import may_read_line
from events.packets.delivery.hooks import Panel
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.rules import states
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
        return Panel("events/packets/inquiries/_beside.html", {**context, "rep": rep})
    return Panel(
        "events/packets/inquiries/_beside_mine.html",
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
    return Panel("events/packets/inquiries/_report.html", {"kickoff": kickoff, "reviews": reviews})
