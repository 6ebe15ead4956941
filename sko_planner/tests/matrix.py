from core.tests.access import SIGNED_IN, Row

ROWS = [
    Row("home", SIGNED_IN),
    Row("search", SIGNED_IN, data=lambda world: {"q": "kickoff"}),
    Row("theme", SIGNED_IN, method="post", data=lambda world: {"theme": "dark"}),
]
