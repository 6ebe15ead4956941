from core.tests.access import PLANNERS, SIGNED_IN, Row, slug

ROWS = [
    Row("events:kickoff:list", SIGNED_IN),
    Row("events:kickoff:create", PLANNERS),
    Row("events:kickoff:create", PLANNERS, method="post"),
    Row("events:kickoff:edit", PLANNERS, slug),
    Row("events:kickoff:edit", PLANNERS, slug, method="post"),
    Row("events:kickoff:copy", PLANNERS, slug),
    Row("events:kickoff:copy", PLANNERS, slug, method="post", ok=frozenset({422})),
    Row("events:kickoff:open", PLANNERS, slug, method="post"),
    Row("events:kickoff:end", PLANNERS, slug, method="post"),
    Row("events:kickoff:archive", PLANNERS, slug, method="post"),
]
