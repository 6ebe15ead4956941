from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from core.imports.commands import ImportCommand, pairs_given
from core.imports.rows import Parsed
from events.deals import queries
from events.deals.actions import (
    DEFAULT_CURRENCY,
    OPPORTUNITY_FIELDS,
    OPPORTUNITY_LIMITS,
    import_opportunities,
    proposed_aliases,
)


class Command(ImportCommand):
    help = "Take over the opportunities in a CSV or XLSX file from the CRM: all or none."
    fields = OPPORTUNITY_FIELDS
    limits = OPPORTUNITY_LIMITS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
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

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        proposed = {} if options["no_aliases"] else proposed_aliases(parsed)
        report = import_opportunities(
            parsed=parsed,
            aliases=proposed | pairs_given("--alias", options["alias"]),
            currency=options["currency"],
            by=None,
            at=timezone.now(),
            dry_run=options["dry_run"],
        )
        for alias, wanted in report.aliases.items():
            kept = " (proposed; --no-aliases keeps it apart)"
            why = kept if proposed.get(alias) == wanted else ""
            self.stdout.write(f"Product “{alias}” taken as “{wanted}”{why}.")
        self.stdout.write(
            f"{name}: {report.rows:,} rows: {report.created:,} created, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged. "
            f"{report.open:,} open for {report.open_owners} reps."
        )
        self.stdout.write(
            f"New products: {', '.join(report.new_products) or 'none'}. "
            f"New accounts: {len(report.new_accounts)}."
        )
        if not options["dry_run"]:
            self._tell_totals()

    def _tell_totals(self) -> None:
        totals = queries.totals()
        worth = ", ".join(f"{code} {sum_:,.0f}" for code, sum_ in totals.won_worth.items())
        self.stdout.write(
            f"In all: {totals.open:,} open, {totals.lost:,} lost, "
            f"{totals.won:,} won worth {worth or 'nothing'}."
        )
