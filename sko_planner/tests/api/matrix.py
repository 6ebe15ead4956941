from core.tests.access import PLANNERS, SEE_KICKOFF, SIGNED_IN, Row, slug

API = frozenset({401})
CHANGED = frozenset({200, 201, 400, 409})

ROWS = [
    Row("api:schema", SIGNED_IN, login=API),
    Row("api:docs", SIGNED_IN, login=API),
    Row("api:kickoffs-list", SIGNED_IN, login=API),
    Row("api:kickoffs-list", PLANNERS, method="post", ok=CHANGED, login=API),
    Row("api:kickoffs-detail", SEE_KICKOFF, slug, login=API),
    Row("api:kickoffs-open", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row("api:kickoffs-end", PLANNERS, slug, method="post", ok=CHANGED, login=API),
]
