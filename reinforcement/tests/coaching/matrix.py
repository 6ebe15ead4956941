from core.tests.access import SEE_KICKOFF, Row, slug
from reinforcement.tests.touches.matrix import MANAGERS, THEIR_MANAGER


def _rep(world):
    return {**slug(world), "person_id": world["rep"].pk}


ROWS = [
    Row("reinforcement:coaching:team", MANAGERS, slug),
    Row("reinforcement:coaching:one_to_one", THEIR_MANAGER, _rep),
    Row("reinforcement:coaching:one_to_one", THEIR_MANAGER, _rep, method="post"),
    Row("reinforcement:coaching:notes", MANAGERS, slug),
    Row("reinforcement:coaching:mine", SEE_KICKOFF, slug),
]
