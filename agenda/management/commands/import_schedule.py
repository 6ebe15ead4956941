from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from agenda.schedules.actions import FIELDS, LIMITS, import_programme, read_programme
from agenda.schedules.forms import DEFAULT_SEATS
from core.imports.rows import Parsed
from events.management.importing import KickoffImportCommand


class Command(KickoffImportCommand):
    help = "Put a programme (CSV, XLSX, iCalendar, schedule XML) into a kickoff's draft agenda: all or nothing."
    fields = FIELDS
    limits = LIMITS
    read = staticmethod(read_programme)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--seats", type=int, default=DEFAULT_SEATS, help="seats of rooms that are new"
        )
        parser.add_argument(
            "--from-first-day",
            action="store_true",
            help="move the whole programme by days, so that it begins with the kickoff",
        )

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        if options["seats"] < 1:
            raise CommandError("A room has at least one seat: --seats 1 or more.")
        report = import_programme(
            kickoff=self.kickoff,
            parsed=parsed,
            seats=options["seats"],
            from_first_day=options["from_first_day"],
            by=None,
            at=timezone.now(),
            dry_run=options["dry_run"],
        )
        self.stdout.write(
            f"{name}: {report.rows:,} sessions: {report.created:,} created, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged; "
            f"{len(report.rooms)} new rooms."
        )
        for note in report.notes():
            self.stdout.write(note)
        found = ", ".join(f"{kind} {count}" for kind, count in sorted(report.conflicts.items()))
        self.stdout.write(f"Conflicts of the draft: {found or 'none'}.")
