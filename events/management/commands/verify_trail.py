from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.trail.queries import verify

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Hold the audit trail against its seals, and say where it breaks first. Note the last hash "
        "outside of this machine: with --expect it is found out whether the end was cut off. Ends "
        "with 1 if anything is not as it was sealed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", default="", metavar="HASH", help="of a seal, noted before")

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        verdict = verify(expect=expect.strip().lower())
        self.stdout.write(
            f"{verdict.entries} entries under {verdict.seals} seals, {verdict.erased} of them "
            f"without who it was, {verdict.removed} deleted under retention; "
            f"{verdict.unsealed} not sealed yet."
        )
        self.stdout.write(f"Last seal: {verdict.seals}, hash {verdict.head}.")
        if verdict.breaks:
            for found in verdict.breaks[:SHOWN]:
                self.stdout.write(str(found))
            raise CommandError(
                f"BROKEN at {len(verdict.breaks)} places, the first at {verdict.breaks[0]}."
            )
        self.stdout.write(self.style.SUCCESS("Whole: nothing was changed since it was sealed."))
