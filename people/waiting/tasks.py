from datetime import datetime

from people.waiting import actions


def tick(at: datetime) -> dict[str, int]:
    """Count anew what waits for whom something has changed."""
    return {"renewed": actions.renew_stale(at=at)}
