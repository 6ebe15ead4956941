from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.packets.records.actions import RecordRefused, shorten_trail


class Command(BaseCommand):
    help = (
        "Delete the part of the audit trail that is older than a day, three years back at least, "
        "and leave a checkpoint. Nothing goes while a packet of that time is kept, or any is held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--before", required=True, type=date.fromisoformat, metavar="DAY")
        parser.add_argument("--why", required=True, metavar="TEXT", help="kept with the trail")

    def handle(self, *args: Any, before: date, why: str, **options: Any) -> None:
        start = datetime(before.year, before.month, before.day, tzinfo=UTC)
        try:
            count = shorten_trail(before=start, why=why, by=None, at=timezone.now())
        except RecordRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} entries were deleted.")
