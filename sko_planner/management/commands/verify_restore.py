from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sko_planner.backup.checking import check_all
from sko_planner.backup.moving import BackupRefused, read

SHOWN = 10  # problems of a kind


class Command(BaseCommand):
    help = (
        "Open a sample of figures, receipts, answers, letters and all that is sealed; verify the "
        "whole trail, the guards and the migrations. Ends with 1 if anything does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sample", type=int, default=25, metavar="N", help="of each kind; 0 is everything"
        )
        parser.add_argument(
            "--backup", type=Path, metavar="FOLDER", help="hold keys, files and trail against it"
        )

    def handle(self, *args: Any, sample: int, backup: Path | None, **options: Any) -> None:
        try:
            manifest = read(backup) if backup else None
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        checks = check_all(sample=max(sample, 0), manifest=manifest)
        for check in checks:
            word = self.style.ERROR("FAILED") if check.problems else self.style.SUCCESS("ok")
            self.stdout.write(f"{check.name:<13} {check.opened:>8,} of {check.total:>8,}  {word}")
            for problem in check.problems[:SHOWN]:
                self.stdout.write(f"    {problem}")
        if failed := [check.name for check in checks if check.problems]:
            raise CommandError(f"This does not hold: {', '.join(failed)}.")
        self.stdout.write(self.style.SUCCESS("Everything that was opened holds."))
