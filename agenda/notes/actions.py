from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.notes.models import Note
from events.commitments.actions import Promise, promise
from events.commitments.models import Commitment, Source
from events.commitments.queries import past_keeping
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


class NoteRefused(Exception):
    """The note was not kept. The message is fit to show to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWords:
    """What a note says: any of the three."""

    text: str = ""
    met: str = ""
    company: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.met.strip() or self.company.strip())


@transaction.atomic
def write_note(
    *, kickoff: Kickoff, words: NoteWords, by: Person, at: datetime, session_title: str = ""
) -> Note:
    """
    Keep a note for its writer alone.

    :raises NoteRefused: it says nothing
    """
    if words.is_empty:
        raise NoteRefused(_("Write something, or whom you met."))
    note = Note.objects.create(
        kickoff=kickoff,
        person=by,
        session_title=session_title,
        text=words.text.strip(),
        met=words.met.strip(),
        company=words.company.strip(),
        written_at=at,
    )
    record_entry(by=by, verb="note.written", at=at, subject=by, object=note)
    return note


@transaction.atomic
def promise_note(*, note: Note, by: Person, at: datetime) -> Commitment:
    """Make a note something that its writer promised, for them alone to see. Twice is as once."""
    note = Note.objects.select_for_update().get(pk=note.pk)
    if note.commitment is not None:
        return note.commitment
    made = promise(
        kickoff=note.kickoff,
        person=by,
        source=Source.NOTE,
        said=Promise(words=note.words),
        by=by,
        at=at,
    )
    note.commitment = made
    note.save(update_fields=["commitment"])
    return made


@transaction.atomic
def delete_note(*, note: Note, by: Person, at: datetime) -> None:
    """Delete a note; what was promised stays."""
    record_entry(by=by, verb="note.deleted", at=at, subject=by, object=note)
    note.delete()


def forget_old(at: datetime) -> dict[str, int]:
    """The part of the tick, once an hour: delete notes as long after as promises."""
    if at.minute:
        return {}
    return {"forgotten": Note.objects.filter(past_keeping(at)).delete()[0]}
