from django.shortcuts import get_object_or_404

from agenda.notes.models import Note
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def note_or_404(person: Person, slug: str, note_id: int) -> Note:
    """
    A note of the person's own.

    :raises Http404: there is none, it is somebody else's, or its kickoff is not shown to people
    """
    shown = Kickoff.objects.shown_to_people().filter(slug=slug)
    notes = Note.objects.select_related("kickoff", "commitment")
    return get_object_or_404(notes, person=person, kickoff__in=shown, pk=note_id)
