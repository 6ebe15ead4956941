from core.tests.access import SEE_KICKOFF, Row, slug
from reinforcement.tests.factories import NoteFactory
from reinforcement.tests.touches.matrix import MANAGERS, REP, THEIR_MANAGER


def _rep(world):
    return {**slug(world), "person_id": world["rep"].pk}


def prepare(world):
    world.things["step"] = NoteFactory(
        kickoff=world.kickoff, manager=world["manager"], rep=world["rep"], next_step="Book the call"
    )


def _note(world):
    return {**slug(world), "note_id": world.things["step"].pk}


ROWS = [
    Row("reinforcement:coaching:team", MANAGERS, slug),
    Row("reinforcement:coaching:one_to_one", THEIR_MANAGER, _rep),
    Row("reinforcement:coaching:one_to_one", THEIR_MANAGER, _rep, method="post"),
    Row("reinforcement:coaching:draft", THEIR_MANAGER, _rep, method="post"),
    Row("reinforcement:coaching:nudge", THEIR_MANAGER, _rep, method="post"),
    Row("reinforcement:coaching:tick", THEIR_MANAGER | REP, _note, method="post"),
    Row("reinforcement:coaching:notes", MANAGERS, slug),
    Row("reinforcement:coaching:mine", SEE_KICKOFF, slug),
]
