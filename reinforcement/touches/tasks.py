from dataclasses import asdict
from datetime import datetime

from reinforcement.campaigns.actions import finish_campaigns
from reinforcement.touches import actions


def tick(at: datetime) -> dict[str, int]:
    """
    Plan what is new, send to whoever wants each at its hour, put off what missed its day, close
    what is over. The mail of the day sends the rest.
    """
    planned = actions.plan_due_campaigns(at=at)
    return {
        **asdict(planned),
        "sent": actions.send_at_once(at=at),
        "postponed": actions.put_off(at=at),
        "finished": finish_campaigns(at=at),
    }
