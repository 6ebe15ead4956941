from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.views.decorators.debug import sensitive_variables

from events.sealing.models import SealedBytesField, sealed_columns
from events.sealing.rules import Unreadable, reseal, reseal_bytes
from people.accounts.models import Person
from people.activity.actions import passage, record_entry
from people.activity.models import Passage

BATCH, FILES = 500, 50  # files are some 100 kB each
NAMED = 10


def rotate_keys(*, by: Person | None, at: datetime) -> int:
    """
    Seal every sealed column anew with the first key, in batches; return how many values.

    What they say stays. A row that changes meanwhile is left to whoever changed it, who used the
    first key already. Safe to run again after a stop. One value that no key opens holds up none of
    the others.

    :raises Unreadable: no key opens some values; it names the first few rows. All others are done
    """
    count, unreadable = 0, []
    for model, column in sealed_columns():
        done, bad = _rotate(model, column, by, at)
        count += done
        unreadable += [f"{model._meta.label} #{pk} {column}" for pk in bad]
    record_entry(by=by, verb="packets.key_rotated", at=at, note=str(count))
    if unreadable:
        raise Unreadable(
            f"No key opens {len(unreadable)} values ({', '.join(unreadable[:NAMED])}); "
            f"{count} others are sealed with the first key."
        )
    return count


@sensitive_variables("sealed", "anew", "batch")
def _rotate(
    model: type[models.Model], column: str, by: Person | None, at: datetime
) -> tuple[int, list[int]]:
    """How many values of a column were sealed anew, and the rows that no key opens."""
    count, last = 0, 0
    unreadable: list[int] = []
    is_file = isinstance(model._meta.get_field(column), SealedBytesField)
    size = FILES if is_file else BATCH
    rows = model._base_manager.exclude(**{column: b"" if is_file else ""}).order_by("pk")
    rows = rows.exclude(**{f"{column}__isnull": True})
    while batch := list(rows.filter(pk__gt=last).values_list("pk", column)[:size]):
        note = f"{model._meta.label} {column}: #{batch[0][0]} to #{batch[-1][0]}"
        with passage(reason=Passage.Reason.KEY_ROTATION, by=by, at=at, note=note):
            for pk, sealed in batch:
                try:
                    anew: str | bytes = (
                        reseal_bytes(sealed, settings.PACKET_KEYS)
                        if is_file
                        else reseal(sealed, settings.PACKET_KEYS)
                    )
                except Unreadable:
                    unreadable.append(pk)
                    continue
                same = model._base_manager.filter(**{"pk": pk, column: sealed})
                count += same.update(**{column: anew})
        last = batch[-1][0]
    return count, unreadable
