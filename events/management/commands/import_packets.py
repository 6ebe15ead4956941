from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.imports.commands import add_mapping_option, mapping_given, report_refusal
from core.imports.mapping import MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from events.comp.queries import published_editions
from events.kickoff.models import Kickoff
from events.packets import actions, queries
from events.packets.rules.files import FIELDS, read_packets
from people.accounts.models import Person


class Command(BaseCommand):
    help = "Import territory, quota and comp plan, one row a rep, as drafts. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--event", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="who is said to have imported it")
        add_mapping_option(parser, FIELDS)

    def handle(self, *args: Any, **options: Any) -> None:
        kickoff = Kickoff.objects.filter(slug=options["event"]).first()
        if kickoff is None:
            raise CommandError(f"There is no kickoff “{options['event']}”.")
        try:
            table = read_table(options["file"].read_bytes(), options["file"].name)
            columns = guess_columns(table.headers, FIELDS, mapping_given(options))
            file = read_packets(table, columns, queries.roster(kickoff), published_editions())
            if file.problems:
                raise FileRefused(f"{file.problems.total} errors.", file.problems)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            raise report_refusal(self, refusal) from refusal
        if options["dry_run"]:
            done = actions.plan_import(kickoff=kickoff, rows=file.rows)
        else:
            done = actions.import_packets(
                kickoff=kickoff,
                rows=file.rows,
                by=self._who(options["by"]),
                at=timezone.now(),
                source=options["file"].name,
            )
        would = "Would be: " if options["dry_run"] else ""
        self.stdout.write(
            f"{would}{file.count} rows: {done.created} new, {done.revised} drafts changed, "
            f"{done.superseding} new versions, {done.withdrawn} drafts taken back, "
            f"{done.unchanged} the same."
        )

    def _who(self, email: str | None) -> Person | None:
        if email is None:
            return None
        person: Person | None = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody has the address “{email}”.")
        return person
