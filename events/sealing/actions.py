from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.views.decorators.debug import sensitive_variables

from events.sealing.models import SealedBytesField, sealed_columns
from events.sealing.rules import reseal, reseal_bytes
from people.accounts.models import Person
from people.activity.actions import record_entry

BATCH, FILES = 500, 50  # files are some 100 kB each


def rotate_keys(*, by: Person | None, at: datetime) -> int:
    """
    Seal every sealed column anew with the first key, in batches; return how many values.

    What they say stays. A row that changes meanwhile is left to whoever changed it, who used the
    first key already. Safe to run again after a stop.

    :raises Unreadable: no key opens a value
    """
    count = sum(_rotate(model, column) for model, column in sealed_columns())
    record_entry(by=by, verb="packets.key_rotated", at=at, note=str(count))
    return count


@sensitive_variables("sealed", "anew", "batch")
def _rotate(model: type[models.Model], column: str) -> int:
    count, last = 0, 0
    is_file = isinstance(model._meta.get_field(column), SealedBytesField)
    size = FILES if is_file else BATCH
    rows = model._base_manager.exclude(**{column: b"" if is_file else ""}).order_by("pk")
    rows = rows.exclude(**{f"{column}__isnull": True})
    while batch := list(rows.filter(pk__gt=last).values_list("pk", column)[:size]):
        with transaction.atomic():
            for pk, sealed in batch:
                anew: str | bytes = (
                    reseal_bytes(sealed, settings.PACKET_KEYS)
                    if is_file
                    else reseal(sealed, settings.PACKET_KEYS)
                )
                same = model._base_manager.filter(**{"pk": pk, column: sealed})
                count += same.update(**{column: anew})
        last = batch[-1][0]
    return count
