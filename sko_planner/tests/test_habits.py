"""What no tool of the house looks after: variables that are told, ignores with a reason."""

import re
from collections import Counter

from django.conf import settings

APPS = ("core", "people", "events", "agenda", "reinforcement", "sko_planner")
READ = (
    ("sko_planner/settings.py", r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"'),
    ("sko_planner/gunicorn.py", r'environ\.get\("([A-Z_]+)"'),
    ("Procfile", r"\$\{([A-Z_]+)"),
    ("compose.yaml", r"\$\{([A-Z_]+)"),
)


def test_each_variable_that_is_read_is_told_once():
    told = Counter(
        re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M)
    )
    read = {
        name
        for path, pattern in READ
        for name in re.findall(pattern, (settings.BASE_DIR / path).read_text())
    }

    assert len(read) > 20
    assert told == Counter(read)


def test_each_ignored_type_says_which_and_why():
    said = re.compile(r"# type: ignore\[[a-z-]+\]  # \w+")
    lines = [
        f"{path.relative_to(settings.BASE_DIR)}:{number}"
        for app in APPS
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "tests" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "# type: ignore" in line and not said.search(line)
    ]

    assert lines == []
