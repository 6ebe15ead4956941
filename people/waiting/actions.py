"""Counts of what waits, kept so that the frame of a page need not count."""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from people.accounts.models import Person
from people.notices.queries import count_unread
from people.org.queries import here
from people.waiting.models import Stale, Standing
from people.waiting.queries import asked, asked_of_roles, standing_of
from people.waiting.rules import counted, next_change, packed, tally

BATCH = 500
TICK_SECONDS = 20.0


def renew(*, people: Sequence[Person], at: datetime) -> None:
    """
    Find anew what waits for some people, and keep it. Twice is as once; whom somebody else is at
    is left to them.

    What changes while we look leaves a row that we did not see, so that it is found next time.
    """
    with transaction.atomic():
        Standing.objects.bulk_create(
            [Standing(person=one, renewed_at=at) for one in people], ignore_conflicts=True
        )
        rows = Standing.objects.filter(person__in=people).order_by("pk")
        ours = set(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
        stale = Stale.objects.filter(person_id__in=ours)
        seen = list(stale.values_list("pk", flat=True))
        _keep([one for one in people if one.pk in ours], at)
        Stale.objects.filter(pk__in=seen).delete()


def _keep(people: Sequence[Person], at: datetime) -> None:
    own, shared = asked(people, at), asked_of_roles(people, at)
    unread = count_unread(own, at)
    standings = []
    for person_id in own:
        items = [*own[person_id], *shared.get(person_id, ())]
        waits = [one for one in items if one.waits(at)]
        standings.append(
            Standing(
                person_id=person_id,
                items=[packed(one) for one in own[person_id]],
                counts=counted(waits, at),
                late=tally(waits, at).late,
                unread=unread.get(person_id, 0),
                renewed_at=at,
                changes_at=next_change(items, at),
            )
        )
    Standing.objects.bulk_create(
        standings,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["items", "counts", "late", "unread", "renewed_at", "changes_at"],
        batch_size=BATCH,
    )


def mark(*, person_id: int) -> None:
    """Let what is kept of a person be found anew with the next page that shows it. One query."""
    Stale.objects.create(person_id=person_id)


def standing_now(*, person: Person, at: datetime) -> Standing | None:
    """
    What is kept of a person, found anew where something of theirs has changed; None until the tick
    has first counted. One query, more right after a change alone.
    """
    standing = standing_of(person)
    if standing is None or not standing.is_stale:
        return standing
    renew(people=[person], at=at)
    return standing_of(person)


def renew_stale(*, at: datetime) -> int:
    """
    Count anew for everybody here whose counts may have changed, or who has none yet; return for
    how many. Ends after 20 s, the longest waiting first: the rest waits for the next tick.
    """
    started, renewed = monotonic(), 0
    Stale.objects.exclude(person_id__in=Person.objects.filter(here(at))).delete()
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
