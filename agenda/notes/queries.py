from django.db.models import QuerySet

from agenda.notes.models import Note
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def notes_of(person: Person, kickoff: Kickoff) -> QuerySet[Note]:
    """What somebody wrote down at a kickoff, newest first. One query."""
    notes = Note.objects.filter(person=person, kickoff=kickoff)
    return notes.select_related("commitment")
