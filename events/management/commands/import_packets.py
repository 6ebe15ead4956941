from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from core.imports.rows import Parsed
from events.management.importing import KickoffImportCommand
from events.packets.comp.queries import published_editions
from events.packets.delivery import actions, queries
from events.packets.delivery.rules.files import FIELDS, read_packets
from people.accounts.models import Person


class Command(KickoffImportCommand):
    help = "Import territory, quota and comp plan, one row a rep, as drafts. All or nothing."
    fields = FIELDS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", metavar="EMAIL", help="who is said to have imported it")

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        rows = read_packets(parsed, queries.roster(self.kickoff), published_editions())
        if options["dry_run"]:
            done = actions.plan_import(kickoff=self.kickoff, rows=rows)
        else:
            done = actions.import_packets(
                kickoff=self.kickoff,
                rows=rows,
                by=self._who(options["by"]),
                at=timezone.now(),
                source=name,
            )
        self.stdout.write(
            f"{len(rows)} rows: {done.created} new, {done.revised} drafts changed, "
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
