"""A process of its own that makes letters when told to: what the bench of letters starts."""

import json
import os
import sys

import django
from django.utils.module_loading import import_string


def main() -> None:
    """Get ready and say so; then for each line, `ours 10` or `naive 10`, make letters and answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sko_planner.settings")
    django.setup()
    work = import_string("sko_planner.bench.letters.work")
    for way in ("naive", "ours"):
        work(way, 2)
    print(json.dumps({}), flush=True)
    for line in sys.stdin:
        way, number = line.split()
        print(json.dumps(work(way, int(number))), flush=True)


if __name__ == "__main__":
    main()
