from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.imports.commands import add_mapping_option, mapping_given, report_refusal
from core.imports.mapping import MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from events.attendance.actions import ROSTER_FIELDS, RosterReport, import_roster
from events.kickoff.models import Kickoff


class Command(BaseCommand):
    help = "Put everybody in a CSV or XLSX file on the roster of a kickoff: all or nobody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--event", required=True, metavar="SLUG")
        add_mapping_option(parser, ROSTER_FIELDS)
        parser.add_argument(
            "--email-pattern",
            default="",
            metavar="PATTERN",
            help="for files without addresses, such as {first}.{last}@example.com",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        kickoff = Kickoff.objects.filter(slug=options["event"]).first()
        if kickoff is None:
            known = ", ".join(Kickoff.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no kickoff “{options['event']}”. There are: {known}.")
        try:
            table = read_table(file.read_bytes(), file.name)
            columns = guess_columns(table.headers, ROSTER_FIELDS, mapping_given(options))
            report = import_roster(
                kickoff=kickoff,
                table=table,
                columns=columns,
                email_pattern=options["email_pattern"],
                by=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            raise report_refusal(self, refusal) from refusal
        self._tell(file, kickoff, report, dry_run=options["dry_run"])

    def _tell(self, file: Path, kickoff: Kickoff, report: RosterReport, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(note)
        kinds = report.kinds
        others = report.rows + len(report.new_managers) - kinds["REP"] - kinds["MANAGER"]
        self.stdout.write(
            f"{file.name}: {report.rows} rows: {kinds['REP']} reps, {kinds['MANAGER']} managers, "
            + (f"{others} others, " if others > 0 else "")
            + f"{report.regions} regions."
        )
        if report.new_managers:
            self.stdout.write(f"Managers without a row: {', '.join(report.new_managers)}.")
        self.stdout.write(
            f"{report.created} created, {report.changed} changed, {report.unchanged} unchanged; "
            f"{report.added} added to the roster of {kickoff.name}."
        )
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
