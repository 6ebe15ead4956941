from dataclasses import asdict
from datetime import datetime

from reinforcement.campaigns.actions import finish_campaigns
from reinforcement.touches import actions


def tick(at: datetime) -> dict[str, int]:
    """Plan what is new, send what is due, close what is over; the parts of every tick."""
    planned = actions.plan_due_campaigns(at=at)
    sent = actions.send_due_touches(at=at)
    return {
        **asdict(planned),
        "sent": sent.sent,
        "messages": sent.messages,
        "skipped": sent.skipped,
        "postponed": sent.postponed,
        "finished": finish_campaigns(at=at),
    }
