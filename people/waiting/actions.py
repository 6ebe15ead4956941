"""Counts of what waits, kept so that the frame of a page need not count."""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from django.db.models import QuerySet

from people.accounts.models import Person
from people.notices.queries import count_unread
from people.org.queries import here
from people.waiting.models import Standing
from people.waiting.queries import standing_of, waiting_for
from people.waiting.rules import Waiting, counted, next_change, tally

BATCH = 500
TICK_SECONDS = 20.0


def renew(*, people: Sequence[Person], at: datetime) -> None:
    """Count anew what waits for some people. Twice is as once."""
    keep(found=waiting_for(people, at), at=at)


def keep(*, found: dict[int, list[Waiting]], at: datetime) -> None:
    """Keep the counts of what was found for some people, and of what is new for them."""
    unread = count_unread(found, at)
    Standing.objects.bulk_create(
        [
            Standing(
                person_id=person_id,
                counts=counted(items, at),
                late=tally(items, at).late,
                unread=unread.get(person_id, 0),
                renewed_at=at,
                changes_at=next_change(items, at),
            )
            for person_id, items in found.items()
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["counts", "late", "unread", "is_fresh", "renewed_at", "changes_at"],
        batch_size=BATCH,
    )


def mark(*, person_id: int) -> None:
    """Let the counts of a person be counted anew with the next page that shows them. One query."""
    Standing.objects.filter(person=person_id).update(is_fresh=False)


def standing_now(*, person: Person, at: datetime) -> Standing | None:
    """
    The stored counts of a person, counted anew where they have just changed something; None until
    the tick has first counted. One query, more right after a change alone.
    """
    standing = standing_of(person)
    if standing is None or standing.is_fresh:
        return standing
    renew(people=[person], at=at)
    return standing_of(person)


def renew_stale(*, at: datetime) -> int:
    """
    Count anew for everybody here whose counts may have changed, or who has none yet; return for
    how many. Ends after 20 s, the longest waiting first: the rest waits for the next tick.
    """
    started, renewed = monotonic(), 0
    new = _ids(Person.objects.filter(here(at), standing=None).order_by("pk"))
    stale = Standing.objects.stale(at).filter(here(at, "person")).order_by("renewed_at", "pk")
    ids = new + list(stale.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        if monotonic() - started > TICK_SECONDS:
            break
        some = list(Person.objects.filter(pk__in=ids[start : start + BATCH]))
        renew(people=some, at=at)
        renewed += len(some)
    return renewed


def _ids(people: QuerySet[Person]) -> list[int]:
    return list(people.values_list("pk", flat=True))
