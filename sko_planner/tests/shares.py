"""Says at the end of a run which tests its seconds went into; a plugin that `conftest.py` registers."""

from collections import Counter

LARGEST = 15  # parts that are named one by one
WORTH_SAYING_SECONDS = 10


def part_of(nodeid):
    """The capability of a test: `events/packets/letters`."""
    folder = nodeid.partition("::")[0].rpartition("/")[0]
    return folder.replace("/tests", "") or "."


class Shares:
    """Seconds by capability and by kind; what tests wait for before and after is a kind of its own."""

    def __init__(self):
        self.parts = Counter()
        self.kinds = Counter()

    def pytest_runtest_logreport(self, report):
        self.parts[part_of(report.nodeid)] += report.duration
        kind = dict(report.user_properties).get("kind", "pure")
        self.kinds[kind if report.when == "call" else "setup"] += report.duration

    def lines(self):
        whole = self.kinds.total() or 1
        largest = self.parts.most_common(LARGEST)
        rest = whole - sum(seconds for _part, seconds in largest)
        for name, seconds in [*self.kinds.most_common(), *largest, ("the rest", rest)]:
            yield f"{seconds:8.1f} s {seconds / whole:4.0%}  {name}"

    def pytest_terminal_summary(self, terminalreporter):
        if self.kinds.total() >= WORTH_SAYING_SECONDS:
            terminalreporter.section("where the seconds of the tests went")
            for line in self.lines():
                terminalreporter.line(line)


def kind_of(item):
    if item.get_closest_marker("browser"):
        return "browser"
    return "database" if uses_database(item) else "pure"


# What a test asks for, itself or through others, if it reaches a table
_TABLES = {"db", "transactional_db", "live_server", "django_db_setup"}


def uses_database(item):
    asked = not _TABLES.isdisjoint(getattr(item, "fixturenames", ()))
    return asked or item.get_closest_marker("django_db") is not None
