"""Whether the trail is what was sealed. Read seal by seal, so its length costs no memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from events.sealing.rules import Unreadable
from events.trail import rules
from events.trail.models import TrailSeal
from people.activity.models import Entry

LINE = (
    "id", "verb", "object_label", "object_id", "at", "actor_id", "subject_id", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the trail is not what was sealed."""

    seal: int
    what: str
    entry: int | None = None

    def __str__(self) -> str:
        where = f"seal {self.seal}" + (f", entry {self.entry}" if self.entry is not None else "")
        return f"{where}: {self.what}"


@dataclass(slots=True)
class Verdict:
    """What was read of the trail, and what is wrong with it, from the first place on."""

    seals: int = 0
    entries: int = 0
    erased: int = 0
    removed: int = 0
    unsealed: int = 0
    head: str = rules.START
    breaks: list[Break] = field(default_factory=list)


def verify(*, expect: str = "") -> Verdict:
    """
    Walk the whole chain, and hold every sealed entry against it. One query a seal.

    With `expect`, the hash of a seal that was noted elsewhere: without it nobody can tell whether
    the last seals were cut off together with their entries.
    """
    verdict, number, last_id = Verdict(), 0, 0
    gone = [(seal.first_id, seal.last_id) for seal in TrailSeal.objects.removals()]
    met = not expect
    for seal in TrailSeal.objects.order_by("number").iterator(chunk_size=20):
        verdict.seals += 1
        if seal.number != number + 1:
            verdict.breaks.append(Break(number + 1, "it is missing"))
        verdict.breaks += _breaks_of_seal(seal, verdict.head, last_id)
        if seal.kind == TrailSeal.Kind.SEALED:
            removed = any(first <= seal.first_id <= seal.last_id <= last for first, last in gone)
            verdict.breaks += breaks_within(seal, verdict, removed=removed)
            last_id = seal.last_id
        verdict.head, number = seal.hash, seal.number
        met = met or seal.hash == expect
    verdict.unsealed = Entry.objects.filter(pk__gt=last_id).count()
    if not met:
        what = f"no seal has the hash {expect}: seals were cut off, or all were made anew"
        verdict.breaks.append(Break(number, what))
    return verdict


def _breaks_of_seal(seal: TrailSeal, previous: str, last_id: int) -> Iterator[Break]:
    """What is wrong with a seal itself, after the hash of the one before."""
    if seal.kind == TrailSeal.Kind.SEALED and seal.first_id != last_id + 1:
        yield Break(seal.number, f"it does not begin after entry {last_id}, where the last ended")
    if rules.hash_of(previous, seal.head, bytes(seal.leaves)) != seal.hash:
        yield Break(seal.number, "it was changed, or the seal before it")
    try:
        kept = seal.kept_hash()
    except Unreadable as error:
        yield Break(seal.number, f"its hash under the keys cannot be read: {error}")
    else:
        if kept != seal.hash:
            yield Break(seal.number, "its hash is not the one that was sealed with the keys")


def breaks_within(seal: TrailSeal, verdict: Verdict, *, removed: bool = False) -> Iterator[Break]:
    """What is wrong with the entries under a seal; counts them into the verdict."""
    lines = lines_of(seal)
    salts = rules.salts_in(bytes(seal.salts))
    leaves = list(rules.unpacked(bytes(seal.leaves)))
    if not len(leaves) == len(salts) == seal.count:
        yield Break(seal.number, "its leaves are not as many as it counts")
        return
    if removed:
        verdict.removed += seal.count
        for line in lines.values():
            yield Break(seal.number, "it is back, after its deletion under retention", line.id)
        return
    for leaf, salt in zip(leaves, salts, strict=True):
        if leaf.id not in lines:
            yield Break(seal.number, "it was deleted", leaf.id)
            continue
        line = lines.pop(leaf.id)
        verdict.entries += 1
        verdict.erased += salt == rules.ERASED
        if problem := rules.problem_of(line, leaf, salt):
            yield Break(seal.number, problem, leaf.id)
    for line in lines.values():
        yield Break(seal.number, "it was put in after the seal", line.id)


def lines_of(seal: TrailSeal) -> dict[int, rules.Line]:
    """The entries in the range of a seal, as they are now, in their order."""
    rows = Entry.objects.filter(pk__lte=seal.last_id)
    if seal.number > 1:  # what was put in under the first number is under the first seal
        rows = rows.filter(pk__gte=seal.first_id)
    return {row[0]: rules.Line(*row) for row in rows.order_by("pk").values_list(*LINE)}


def last_sealed_id() -> int:
    """The number up to which entries are sealed."""
    return TrailSeal.objects.batches().aggregate(last=Max("last_id"))["last"] or 0


def last_hash() -> str:
    """The hash of the last seal, to be noted elsewhere; empty before the first."""
    last = TrailSeal.objects.order_by("number").last()
    return last.hash if last else ""
