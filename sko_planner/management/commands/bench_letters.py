import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from sko_planner.bench.letters import work


class Command(BaseCommand):
    help = (
        "Make letters when told to: what `bench` starts as a process of its own. Gets ready and says "
        "so; then for each line, `ours 10` or `naive 10`, makes letters and answers."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for way in ("naive", "ours"):
            work(way, 2)
        self._answer({})
        for line in sys.stdin:
            way, number = line.split()
            self._answer(work(way, int(number)))

    def _answer(self, said: object) -> None:
        self.stdout.write(json.dumps(said))
        self.stdout.flush()
