from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from core.imports.commands import ImportCommand
from core.imports.rows import Parsed
from events.deals.actions import ACCOUNT_FIELDS, import_accounts, proposed_countries


class Command(ImportCommand):
    help = "Take over country, region and segment of the accounts in a CSV or XLSX file."
    fields = ACCOUNT_FIELDS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--no-spellings", action="store_true", help="refuse misspelt countries")

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        spellings = {} if options["no_spellings"] else proposed_countries(parsed)
        report = import_accounts(
            parsed=parsed,
            spellings=spellings,
            by=None,
            at=timezone.now(),
            dry_run=options["dry_run"],
        )
        for cell, wanted in spellings.items():
            self.stdout.write(f"Country “{cell}” taken as “{wanted}” (--no-spellings refuses it).")
        self.stdout.write(
            f"{name}: {report.rows:,} rows: {report.created:,} created, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged."
        )
