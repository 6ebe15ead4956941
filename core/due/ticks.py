"""
The tick: what is due now, from every capability that has something waiting.

A capability registers its part in `AppConfig.ready()`. Parts run in the order of the apps, from
the top layer down, so what a part queues is sent by the mail of the same tick.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

Part = Callable[[datetime], Mapping[str, int]]
_parts: dict[str, Part] = {}
logger = logging.getLogger(__name__)


def register(name: str, part: Part) -> None:
    """
    Add a part under a name of its own: a function of the moment that returns counts.

    Ticks may overlap, and the same moment may tick twice: a part claims what it acts on.
    """
    _parts[name] = part


def run_tick(at: datetime) -> dict[str, dict[str, int | str]]:
    """
    Run every part once. One that raises is logged, and shown as `error` in its place; the others
    run all the same.
    """
    result: dict[str, dict[str, int | str]] = {}
    for name, part in list(_parts.items()):
        try:
            result[name] = dict(part(at))
        except Exception as error:
            logger.exception("The tick of %s failed", name)
            result[name] = {"error": f"{type(error).__name__}: {error}"}
    return result
