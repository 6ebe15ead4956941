from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.imports.commands import (
    add_mapping_option,
    mapping_given,
    pairs_given,
    report_refusal,
)
from core.imports.mapping import MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from events.deals import queries
from events.deals.actions import (
    DEFAULT_CURRENCY,
    OPPORTUNITY_FIELDS,
    OPPORTUNITY_LIMITS,
    DealsReport,
    import_opportunities,
    proposed_aliases,
)


class Command(BaseCommand):
    help = "Take over the opportunities in a CSV or XLSX file from the CRM: all or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_mapping_option(parser, OPPORTUNITY_FIELDS)
        parser.add_argument(
            "--alias",
            action="append",
            default=[],
            metavar="NAME=PRODUCT",
            help="a product name in the file and the product that it stands for",
        )
        parser.add_argument(
            "--no-aliases",
            action="store_true",
            help="take product names as they are written, apart from --alias",
        )
        parser.add_argument("--currency", default=DEFAULT_CURRENCY, help="where the file has none")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            table = read_table(file.read_bytes(), file.name, OPPORTUNITY_LIMITS)
            columns = guess_columns(table.headers, OPPORTUNITY_FIELDS, mapping_given(options))
            proposed = {} if options["no_aliases"] else proposed_aliases(table, columns)
            report = import_opportunities(
                table=table,
                columns=columns,
                aliases=proposed | pairs_given("--alias", options["alias"]),
                currency=options["currency"],
                by=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            raise report_refusal(self, refusal) from refusal
        for note in table.notes:
            self.stdout.write(note)
        self._tell(file, report, proposed, dry_run=options["dry_run"])

    def _tell(
        self, file: Path, report: DealsReport, proposed: dict[str, str], *, dry_run: bool
    ) -> None:
        for name, wanted in report.aliases.items():
            why = " (proposed; --no-aliases keeps it apart)" if proposed.get(name) == wanted else ""
            self.stdout.write(f"Product “{name}” taken as “{wanted}”{why}.")
        self.stdout.write(
            f"{file.name}: {report.rows:,} rows: {report.created:,} created, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged. "
            f"{report.open:,} open for {report.open_owners} reps."
        )
        self.stdout.write(
            f"New products: {', '.join(report.new_products) or 'none'}. "
            f"New accounts: {len(report.new_accounts)}."
        )
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
            return
        totals = queries.totals()
        worth = ", ".join(f"{code} {sum_:,.0f}" for code, sum_ in totals.won_worth.items())
        self.stdout.write(
            f"In all: {totals.open:,} open, {totals.lost:,} lost, "
            f"{totals.won:,} won worth {worth or 'nothing'}."
        )
