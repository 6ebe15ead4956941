from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from reinforcement.coaching.models import CoachingNote


@dataclass(frozen=True, slots=True)
class SharedNote:
    """The part of a coaching note that its rep sees."""

    pk: int
    manager: Person
    happened_on: date
    topic: Topic | None
    score: int | None
    went_well: str
    next_step: str
    next_step_by: date | None
    step_done_at: datetime | None


def shared_notes(rep: Person, kickoff: Kickoff) -> list[SharedNote]:
    """What managers wrote about a rep and share with them, newest first; one query."""
    notes = CoachingNote.objects.filter(kickoff=kickoff, rep=rep).defer("private_note")
    return [
        SharedNote(
            pk=note.pk,
            manager=note.manager,
            happened_on=note.happened_on,
            topic=note.topic,
            score=note.score,
            went_well=note.went_well,
            next_step=note.next_step,
            next_step_by=note.next_step_by,
            step_done_at=note.step_done_at,
        )
        for note in notes.select_related("manager", "topic")
    ]


def notes_written(manager: Person, kickoff: Kickoff) -> QuerySet[CoachingNote]:
    """The notes that a manager wrote, for a list."""
    return (
        CoachingNote.objects.written_by(manager)
        .filter(kickoff=kickoff)
        .select_related("rep", "topic")
    )


def coaching_counts(kickoff: Kickoff) -> tuple[int, int]:
    """For planners: how many 1:1s were noted, with how many reps. Never what they say."""
    notes = CoachingNote.objects.filter(kickoff=kickoff)
    return notes.count(), notes.values("rep").distinct().count()
