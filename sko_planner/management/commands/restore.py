from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sko_planner.backup.databases import DatabaseRefused
from sko_planner.backup.moving import BackupRefused, bring_back


class Command(BaseCommand):
    help = (
        "Bring a backup back into an installation that nobody is in, and migrate it. Set the keys "
        "first: it says which one is missing. Then run verify_restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--despite-missing-keys",
            action="store_true",
            help="although what they sealed does not open",
        )

    def handle(self, *args: Any, source: Path, despite_missing_keys: bool, **options: Any) -> None:
        try:
            lacking = bring_back(source, despite_missing_keys=despite_missing_keys)
        except (BackupRefused, DatabaseRefused, OSError) as error:
            raise CommandError(str(error)) from error
        for line in lacking:
            self.stdout.write(self.style.WARNING(line))
        self.stdout.write(f"Brought back. Now: manage.py verify_restore --backup {source}")
