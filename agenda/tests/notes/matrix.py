from datetime import UTC, datetime

from agenda.notes.actions import NoteWords, write_note
from core.tests.access import ON_THE_ROSTER, Row, slug

REP = frozenset({"rep"})


def prepare(world):
    world.things["own_note"] = write_note(
        kickoff=world.kickoff,
        words=NoteWords(text="Ask for the map"),
        by=world["rep"],
        at=datetime(2026, 12, 1, tzinfo=UTC),
    )


def note(world):
    return slug(world) | {"note_id": world.things["own_note"].pk}


ROWS = [
    Row("agenda:notes:mine", ON_THE_ROSTER, slug),
    Row("agenda:notes:mine", ON_THE_ROSTER, slug, method="post"),
    Row("agenda:notes:export", ON_THE_ROSTER, slug),
    Row("agenda:notes:promise", REP, note, method="post"),
    Row("agenda:notes:delete", REP, note, method="post"),
]
