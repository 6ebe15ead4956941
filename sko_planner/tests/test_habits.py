"""Habits of the code that no linter looks after."""

import re

from django.conf import settings

APPS = ("core", "people", "events", "agenda", "reinforcement", "sko_planner")


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
