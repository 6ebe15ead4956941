import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.packets.comp.rules import payout


class Command(BaseCommand):
    help = "Work the cases of a comp vector file; print each that differs, and a count."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = json.loads(options["file"].read_text("utf-8"))["cases"]
        except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"This is no file of worked cases: {error}") from error
        found = payout.differences(cases)
        for difference in found:
            self.stdout.write(
                f"{difference.case}: expected {difference.expected}, found {difference.found}"
            )
        if found:
            raise CommandError(f"{len(found)} of {len(cases)} cases differ.")
        self.stdout.write(f"All {len(cases)} cases are equal.")
