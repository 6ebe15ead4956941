from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sko_planner.backup.databases import DatabaseRefused
from sko_planner.backup.moving import MANIFEST, BackupRefused, make


class Command(BaseCommand):
    help = (
        "Write database and files into a new folder, while people go on working. No key is in it: "
        "PACKET_KEYS, SECRET_KEY and the certificate are kept apart. docs/backup.md says more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        try:
            manifest = make(target, timezone.now())
        except (BackupRefused, DatabaseRefused, OSError) as error:
            raise CommandError(str(error)) from error
        for name in (*manifest.files, MANIFEST):
            self.stdout.write(f"{(target / name).stat().st_size:>14,}  {name}")
        needs = manifest.needs
        self.stdout.write(
            f"{len(manifest.media)} files. To open it: {len(needs.packet_keys)} PACKET_KEYS, "
            f"{len(needs.certificates)} certificates, SECRET_KEY. Last seal of the trail: "
            f"{manifest.trail_hash}."
        )
