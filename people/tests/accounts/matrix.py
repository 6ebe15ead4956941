from core.tests.access import EVERYBODY, PLANNERS, SIGNED_IN, Row

SEE_EVERYBODY = frozenset({"planner", "revops", "executive"})
# The outsider's only manager is nobody, so it is the rep that managers are asked about
SEE_THE_REP = SEE_EVERYBODY | {"rep", "manager"}


def rep(world):
    return {"person_id": world["rep"].pk}


def outsider(world):
    return {"person_id": world["outsider"].pk}


def nobody(world):
    return {"digest": "0" * 40}


ROWS = [
    Row("people:accounts:list", SEE_EVERYBODY),
    Row("people:accounts:invite", PLANNERS),
    Row("people:accounts:invite", PLANNERS, method="post"),
    Row("people:accounts:profile", SIGNED_IN),
    Row("people:accounts:welcome", EVERYBODY, lambda world: {"token": "x"}, ok=frozenset({410})),
    Row("people:accounts:sessions", SIGNED_IN),
    Row("people:accounts:end_other_sessions", SIGNED_IN, method="post"),
    Row("people:accounts:end_session", frozenset(), nobody, method="post"),
    Row("people:accounts:detail", SEE_THE_REP, rep),
    Row("people:accounts:detail", SEE_EVERYBODY | {"outsider"}, outsider),
    Row("people:accounts:edit", PLANNERS, rep),
    Row("people:accounts:edit", PLANNERS, rep, method="post"),
    Row("people:accounts:invite_again", PLANNERS, rep, method="post"),
    Row("people:accounts:deactivate", PLANNERS, outsider, method="post"),
    Row("people:accounts:reactivate", PLANNERS, rep, method="post"),
]
