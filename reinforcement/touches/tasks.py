from dataclasses import asdict
from datetime import datetime

from reinforcement.campaigns.actions import finish_campaigns
from reinforcement.touches import actions


def tick(at: datetime) -> dict[str, int]:
    """Plan what is new, put off what missed its day, close what is over; the mail of the day sends."""
    planned = actions.plan_due_campaigns(at=at)
    return {
        **asdict(planned),
        "postponed": actions.put_off(at=at),
        "finished": finish_campaigns(at=at),
    }
