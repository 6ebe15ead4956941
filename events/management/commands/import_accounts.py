from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.imports.commands import add_mapping_option, mapping_given, report_refusal
from core.imports.mapping import MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from events.deals.actions import ACCOUNT_FIELDS, import_accounts, proposed_countries


class Command(BaseCommand):
    help = "Take over country, region and segment of the accounts in a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_mapping_option(parser, ACCOUNT_FIELDS)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--no-spellings", action="store_true", help="refuse misspelt countries")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            table = read_table(file.read_bytes(), file.name)
            columns = guess_columns(table.headers, ACCOUNT_FIELDS, mapping_given(options))
            spellings = {} if options["no_spellings"] else proposed_countries(table, columns)
            report = import_accounts(
                table=table,
                columns=columns,
                spellings=spellings,
                by=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            raise report_refusal(self, refusal) from refusal
        for cell, name in spellings.items():
            self.stdout.write(f"Country “{cell}” taken as “{name}” (--no-spellings refuses it).")
        self.stdout.write(
            f"{file.name}: {report.rows:,} rows: {report.created:,} created, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged."
        )
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
