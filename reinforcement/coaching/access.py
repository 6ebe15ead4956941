from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.coaching.models import CoachingNote
from reinforcement.touches.access import kickoff_of_manager_or_404, leads_at


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody who reports to the person who asks, at a kickoff."""

    kickoff: Kickoff
    rep: Person


def report_or_404(manager: Person, slug: str, person_id: int) -> Report:
    """
    A report on the roster, for their own manager only: not the line above, not planners.

    :raises Http404: there is none, or they report to somebody else
    """
    kickoff = kickoff_of_manager_or_404(manager, slug)
    attendee = get_object_or_404(
        Attendee.objects.select_related("person"),
        kickoff=kickoff,
        person__pk=person_id,
        person__manager=manager,
    )
    return Report(kickoff, attendee.person)


def kickoff_of_notes_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who leads people there, or has written notes while they did.

    :raises Http404: there is none, it was never shown to people, or the person is neither
    """
    kickoff = get_object_or_404(Kickoff.objects.shown_to_people(), slug=slug)
    written = CoachingNote.objects.written_by(person).filter(kickoff=kickoff)
    if not leads_at(person, kickoff) and not written.exists():
        raise Http404
    return kickoff


def step_or_404(person: Person, slug: str, note_id: int) -> CoachingNote:
    """
    A note whose next step somebody may tick: its rep, and whoever wrote it.

    :raises Http404: there is none, it is of other people, or its kickoff is not shown to people
    """
    notes = CoachingNote.objects.filter(
        Q(rep=person) | Q(manager=person),
        kickoff__in=Kickoff.objects.shown_to_people(),
        step__isnull=False,
    )
    return get_object_or_404(
        notes.with_step().select_related("rep").defer("private_note"),
        pk=note_id,
        kickoff__slug=slug,
    )
