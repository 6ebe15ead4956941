from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from agenda.notes.models import Note
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def notes_of(person: Person, kickoff: Kickoff) -> QuerySet[Note]:
    """What somebody wrote down at a kickoff, newest first. One query."""
    notes = Note.objects.filter(person=person, kickoff=kickoff)
    return notes.select_related("commitment")


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Every note of a person, for the file that they take with them. One query."""
    notes = Note.objects.filter(person=person)
    columns = ("kickoff__name", "session_title", "text", "met", "company", "written_at")
    yield "notes", list(notes.values(*columns, "commitment__words"))
