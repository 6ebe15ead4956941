"""
The tick: what is due now, from every capability that has something waiting.

It goes in the order of the apps, from the top layer down, so what one of them queues is sent by the
mail of the same tick.
"""

import logging
from datetime import datetime

from core.due.hooks import do_due

logger = logging.getLogger(__name__)


def run_tick(at: datetime) -> dict[str, dict[str, int | str]]:
    """
    Do all that is due once. One part that raises is logged, and shown as `error` in its place; the
    others run all the same.
    """
    result: dict[str, dict[str, int | str]] = {}
    for part in do_due.registered:
        try:
            result[part.name] = dict(part.function(at))
        except Exception as error:
            logger.exception("The tick of %s failed", part.name)
            result[part.name] = {"error": f"{type(error).__name__}: {error}"}
    return result
