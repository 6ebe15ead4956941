import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from sko_planner.bench.rows import NoSuchRow, chosen, measured


class Command(BaseCommand):
    help = "Measure pages, scans, imports and ticks on 5,000 people; write var/bench.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rows", default="", help="only rows with one of these words, with commas: agenda,team"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = chosen([word.strip() for word in options["rows"].split(",") if word.strip()])
        except NoSuchRow as refusal:
            raise CommandError(f"No row has “{refusal}” in its name.") from refusal
        settings.DEBUG = False
        settings.SECURE_SSL_REDIRECT = False
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        own_name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = (
            str(settings.VAR_DIR / "bench.sqlite3")
            if connection.vendor == "sqlite"
            else f"{own_name}_bench"
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            results = []
            for result in measured(rows):
                self.stdout.write(result.as_line())
                results.append(result.as_row())
        finally:
            connection.creation.destroy_test_db(own_name, verbosity=0)
        self.stdout.write(f"{len(results)} rows in {write_results(results)}")


def write_results(rows: list[dict[str, Any]]) -> Path:
    """
    Keep what was measured where everything written at run time is, wherever that may be: of each
    database in a file of its own.
    """
    of_which = "" if connection.vendor == "sqlite" else f"-{connection.vendor}"
    target = Path(settings.VAR_DIR) / f"bench{of_which}.json"
    target.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return target
