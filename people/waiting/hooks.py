from collections.abc import Iterable, Sequence
from datetime import datetime

from core.guards.installed import register_watches
from core.guards.watching import Watch
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

    What it finds is kept for up to an hour (`rules.LONGEST`), but for RevOps, who share all of
    theirs: what begins within the hour is there already and says so by
    `begins_at`, what ends by itself by `until`, and each table that it reads is watched.
    """,
)

find_shared = Hook[[Sequence[Person], datetime], Iterable[Waiting]](
    "people.waiting.hooks.find_shared",
    """
    Tell what waits for people because of a role, which others of it change for them: as
    `find_waiting`, but asked each time and never kept.

    Takes people with a role and the moment; gives the items of all of them.
    """,
)


def watch(*watches: Watch) -> None:
    """
    Say whom changes of a table concern, of what `find_waiting` finds: the database then marks what
    is kept of them as stale (`models.Stale`).
    """
    register_watches("people_stale", *watches)
