from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import models, transaction

from people.accounts.models import Person
from people.activity.models import Entry, Passage


def record_entry(
    *,
    by: Person | None,
    verb: str,
    at: datetime,
    subject: Person | None = None,
    object: models.Model | None = None,
    note: str = "",
) -> Entry:
    """
    Add one line to the audit trail, inside the caller's transaction.

    `verb` is dotted and in the past tense: `packet.viewed`. `subject` is the person whose
    data it is. A note never holds comp figures.
    """
    return Entry.objects.create(
        actor=by,
        verb=verb,
        subject=subject,
        object_label=object._meta.label_lower if object is not None else "",
        object_id=object.pk if object is not None else None,
        note=note[:300],
        at=at,
    )


def record_entries(
    *, by: Person | None, verb: str, at: datetime, notes: Iterable[tuple[Person, str]]
) -> int:
    """
    Add a line for each of many people with one statement; return how many.

    `notes` pairs each subject with its note.
    """
    entries = [
        Entry(
            actor=by,
            verb=verb,
            subject=subject,
            object_label=Person._meta.label_lower,
            object_id=subject.pk,
            note=note[:300],
            at=at,
        )
        for subject, note in notes
    ]
    return len(Entry.objects.bulk_create(entries, batch_size=500))


def record_entries_on(
    *,
    by: Person | None,
    verb: str,
    at: datetime,
    about: Iterable[tuple[Person | None, models.Model, str]],
) -> int:
    """
    Add a line for each of many things with one statement; return how many.

    `about` gives whose data it is, if anybody's, the thing itself, and the note.
    """
    entries = [
        Entry(
            actor=by,
            verb=verb,
            subject=subject,
            object_label=thing._meta.label_lower,
            object_id=thing.pk,
            note=note[:300],
            at=at,
        )
        for subject, thing, note in about
    ]
    return len(Entry.objects.bulk_create(entries, batch_size=500))


@contextmanager
def passage(
    *, reason: Passage.Reason, by: Person | None, at: datetime, note: str = ""
) -> Iterator[None]:
    """
    Change, inside, what the guards of tables keep: only what they let through for this reason.

    The row stays as the mark, and is rolled back with what was done inside. Nothing personal and no
    figure is in `note`.
    """
    with transaction.atomic():
        opened = Passage.objects.create(
            reason=reason, by=by, at=at, note=note[:300], open_id=Passage.NOWHERE
        )
        yield
        opened.open = None
        opened.save(update_fields=["open"])
