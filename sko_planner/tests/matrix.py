from core.tests.access import EVERYBODY, ON_THE_ROSTER, SEE_KICKOFF, SIGNED_IN, Row, slug

ROWS = [
    Row("home", SIGNED_IN),
    Row("kickoff_home", SEE_KICKOFF, slug),
    Row("my_kickoff", ON_THE_ROSTER, slug),
    Row("search", SIGNED_IN, data=lambda world: {"q": "kickoff"}),
    Row("search_now", SIGNED_IN, data=lambda world: {"q": "kickoff"}),
    Row("offline_worker", EVERYBODY),
    Row("theme", SIGNED_IN, method="post", data=lambda world: {"theme": "dark"}),
]
