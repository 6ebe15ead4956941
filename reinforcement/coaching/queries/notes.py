from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from reinforcement.coaching.models import CoachingNote

RECENT = timedelta(days=14)
FEWEST_MANAGERS = 5


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
    """What managers wrote about a rep and share with them, newest first; two queries."""
    notes = CoachingNote.objects.filter(kickoff=kickoff, rep=rep).with_step().defer("private_note")
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
        .select_related("rep", "topic", "step")
    )


def coaching_counts(kickoff: Kickoff) -> tuple[int, int]:
    """For planners: how many 1:1s were noted, with how many reps. Never what they say."""
    notes = CoachingNote.objects.filter(kickoff=kickoff)
    return notes.count(), notes.values("rep").distinct().count()


@dataclass(frozen=True, slots=True)
class Coaching:
    """How many managers of a roster have reports on it, and how many of them coach."""

    managers: int
    talked: int

    @property
    def is_shown(self) -> bool:
        """Of a few managers, a count would say who does not."""
        return self.managers >= FEWEST_MANAGERS


def who_coaches(kickoff: Kickoff, at: datetime) -> Coaching:
    """How many managers of reps had a 1:1 in the last 14 days, at any kickoff. One query."""
    since = kickoff.local_date(at) - RECENT
    recent = CoachingNote.objects.filter(
        manager=OuterRef("person__manager"),
        happened_on__gte=since,
        happened_on__lte=kickoff.local_date(at),
    )
    managers = (
        Attendee.objects.filter(kickoff=kickoff, person__manager__isnull=False)
        .receiving_packets(at)
        .order_by()
        .annotate(talked=Exists(recent))
        .values_list("person__manager", "talked")
        .distinct()
    )
    found = list(managers)
    return Coaching(len(found), sum(talked for _manager, talked in found))
