from collections.abc import Mapping
from datetime import datetime

from core.hooks import Hook

do_due = Hook[[datetime], Mapping[str, int]](
    "core.due.hooks.do_due",
    """
    Do what is due now. Called each minute by the tick.

    Takes the moment; gives counts, which the tick tells under the function's name. Ticks may
    overlap, and the same moment may tick twice: a function claims what it acts on. One that raises
    stops no other.
    """,
)
