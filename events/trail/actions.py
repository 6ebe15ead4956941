"""The trail sealed in batches; and what takes something out of it again, with a mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from events.trail import queries, rules
from events.trail.models import TrailSeal, TrailWatch
from people.accounts.models import Person
from people.activity.actions import passage, record_entry
from people.activity.models import Entry, Passage

BATCH, BATCHES = 1_000, 20  # a tick seals 20,000 entries at most
MARGIN = timedelta(minutes=30)  # longer than any transaction that writes entries
Kind = TrailSeal.Kind


class TrailRefused(Exception):
    """Nothing was taken out of the trail. The message is fit to show."""


def seal_trail(at: datetime) -> dict[str, int]:
    """
    The part of the tick: seal what has been in the trail for half an hour, in batches.

    Ticks that overlap take turns. What one tick leaves, the next goes on with.
    """
    sealed = 0
    for _batch in range(BATCHES):
        count = _seal_batch(at)
        sealed += count
        if count < BATCH:
            break
    return {"sealed": sealed}


@transaction.atomic
def erase_from_trail(*, person: Person, by: Person | None, at: datetime) -> int:
    """
    Take somebody out of the trail, as data protection may ask: who did it, whose it was, and the
    note. That something was done, to what and when, stays sealed. Return how many entries.
    """
    _watch()
    entries = Entry.objects.filter(Q(actor=person) | Q(subject=person))
    ids = list(entries.order_by("pk").values_list("pk", flat=True))
    note = f"{len(ids)} entries"
    with passage(reason=Passage.Reason.ERASURE, by=by, at=at, note=note):
        entries.update(note="")
        Entry.objects.filter(actor=person).update(actor=None)
        Entry.objects.filter(subject=person).update(subject=None)
        _throw_away_salts(ids)
    record_entry(by=by, verb="trail.erased", at=at, note=note)
    return len(ids)


@transaction.atomic
def remove_before(*, before: datetime, why: str, by: Person | None, at: datetime) -> int:
    """
    Delete the sealed batches at the beginning of the trail whose entries are all older; the seals
    stay, and a checkpoint after them says what went. Return how many entries.

    :raises TrailRefused: one of the batches is not what was sealed: that is found out first
    """
    _watch()
    seals = _removable(before)
    if not seals:
        return 0
    checked = queries.Verdict()
    for seal in seals:
        for found in queries.breaks_within(seal, checked):
            raise TrailRefused(f"The trail is not what was sealed ({found}). Nothing was deleted.")
    first_id, last_id = seals[0].first_id, seals[-1].last_id
    note = f"entries {first_id} to {last_id}"
    with passage(reason=Passage.Reason.TRAIL_RETENTION, by=by, at=at, note=note):
        Entry.objects.filter(pk__gte=first_id, pk__lte=last_id).delete()
    count = sum(seal.count for seal in seals)
    _add(TrailSeal(kind=Kind.REMOVED, at=at, first_id=first_id, last_id=last_id, count=count, why=why[:300]))  # fmt: skip
    record_entry(by=by, verb="trail.shortened", at=at, note=f"{count} entries: {why}")
    return count


@transaction.atomic
def _seal_batch(at: datetime) -> int:
    watch = _watch()
    if watch.seen_at is None or watch.seen_at > at:
        _look(watch, at)
        return 0
    if at - watch.seen_at < MARGIN:
        return 0
    after = queries.last_sealed_id()
    rows = Entry.objects.filter(pk__gt=after, pk__lte=watch.seen_id).order_by("pk")
    lines = [rules.Line(*row) for row in rows.values_list(*queries.LINE)[:BATCH]]
    is_last = len(lines) < BATCH
    if lines:
        salts = rules.drawn_salts(len(lines))
        leaves = [
            rules.leaf_of(line, salt)
            for line, salt in zip(lines, rules.salts_in(salts), strict=True)
        ]
        _add(
            TrailSeal(
                at=at,
                first_id=after + 1,
                last_id=watch.seen_id if is_last else lines[-1].id,
                count=len(lines),
                leaves=rules.packed(leaves),
                salts=salts,
            )
        )
    if is_last:
        _look(watch, at)
    return len(lines)


def _watch() -> TrailWatch:
    """The one row of the watch, locked: whoever adds to the chain takes turns."""
    TrailWatch.objects.get_or_create(pk=1)
    return TrailWatch.objects.select_for_update().get(pk=1)


def _look(watch: TrailWatch, at: datetime) -> None:
    watch.seen_id = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    watch.seen_at = at
    watch.save(update_fields=["seen_id", "seen_at"])


def _add(seal: TrailSeal) -> None:
    last = TrailSeal.objects.order_by("number").last()
    seal.number = last.number + 1 if last else 1
    seal.close(last.hash if last else rules.START)
    seal.save(force_insert=True)


def _removable(before: datetime) -> list[TrailSeal]:
    removed = TrailSeal.objects.removals().aggregate(last=Max("last_id"))["last"] or 0
    found: list[TrailSeal] = []
    for seal in TrailSeal.objects.batches().filter(first_id__gt=removed).order_by("number"):
        entries = Entry.objects.filter(pk__gte=seal.first_id, pk__lte=seal.last_id)
        if entries.filter(at__gte=before).exists():
            break
        found.append(seal)
    return found


def _throw_away_salts(ids: Sequence[int]) -> None:
    if not ids:
        return
    erased = set(ids)
    seals = TrailSeal.objects.batches().filter(last_id__gte=ids[0], first_id__lte=ids[-1])
    for pk in list(seals.values_list("pk", flat=True)):
        seal = TrailSeal.objects.get(pk=pk)
        salts = rules.without(bytes(seal.salts), bytes(seal.leaves), erased)
        if salts != bytes(seal.salts):
            TrailSeal.objects.filter(pk=pk).update(salts=salts)
