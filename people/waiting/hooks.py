from collections.abc import Iterable, Sequence
from datetime import datetime

from core.hooks import Hook
from people.accounts.models import Person
from people.waiting.rules import Waiting

find_waiting = Hook[[Sequence[Person], datetime], Iterable[Waiting]](
    "people.waiting.hooks.find_waiting",
    """
    Tell what waits for some people: the one truth behind every home, count, bell and mail.

    Takes people and the moment; gives the items of all of them, at most two queries for any number
    of people and none where nobody of them can have any. It reads what stands, and says nothing
    that the person may not see: not that an unreleased packet exists. It leaves out what nobody
    expects any more. It stands in the file `waiting` of its capability.
    """,
)
