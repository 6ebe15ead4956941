from datetime import UTC, datetime

from people.activity.actions import passage
from people.activity.models import Passage


def behind_our_back(reason=Passage.Reason.KEY_ROTATION):
    """As somebody who can write to the database, and past its guards."""
    return passage(reason=reason, by=None, at=datetime(2027, 1, 4, tzinfo=UTC))
