from collections.abc import Mapping
from datetime import datetime

from events.packets.delivery.actions.ending import expire_due
from events.packets.delivery.actions.releasing import lift_due


def run_tick(at: datetime) -> Mapping[str, int]:
    """What is due of packets: embargoes that are over, plans that have ended."""
    return {"lifted": lift_due(at=at), "expired": expire_due(at=at)}
