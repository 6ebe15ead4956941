from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from core.imports.rows import Parsed
from events.attendance.actions import ROSTER_FIELDS, import_roster
from events.management.importing import KickoffImportCommand


class Command(KickoffImportCommand):
    help = "Put everybody in a CSV or XLSX file on the roster of a kickoff: all or nobody."
    fields = ROSTER_FIELDS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--email-pattern",
            default="",
            metavar="PATTERN",
            help="for files without addresses, such as {first}.{last}@example.com",
        )

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        report = import_roster(
            kickoff=self.kickoff,
            parsed=parsed,
            email_pattern=options["email_pattern"],
            by=None,
            at=timezone.now(),
            dry_run=options["dry_run"],
        )
        kinds = report.kinds
        others = report.rows + len(report.new_managers) - kinds["REP"] - kinds["MANAGER"]
        self.stdout.write(
            f"{name}: {report.rows} rows: {kinds['REP']} reps, {kinds['MANAGER']} managers, "
            + (f"{others} others, " if others > 0 else "")
            + f"{report.regions} regions."
        )
        for name in report.turned:
            self.stdout.write(f"Last name first: {name}.")
        if report.new_managers:
            self.stdout.write(f"Managers without a row: {', '.join(report.new_managers)}.")
        self.stdout.write(
            f"{report.created} created, {report.changed} changed, {report.unchanged} unchanged; "
            f"{report.added} added to the roster of {self.kickoff.name}."
        )
