import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from sko_planner.bench.measure import Result
from sko_planner.bench.rows import every_row


class Command(BaseCommand):
    help = "Measure pages, scans, imports and ticks on 5,000 people; write var/bench.json."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DEBUG = False
        settings.SECURE_SSL_REDIRECT = False
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        connection.settings_dict["TEST"]["NAME"] = (
            str(settings.VAR_DIR / "bench.sqlite3")
            if connection.vendor == "sqlite"
            else "sko_bench"
        )
        own_name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            results = []
            for result in every_row():
                self.stdout.write(_line(result))
                results.append(result.as_row())
        finally:
            connection.creation.destroy_test_db(own_name, verbosity=0)
        self.stdout.write(f"{len(results)} rows in {write_results(results)}")


def write_results(rows: list[dict[str, Any]]) -> Path:
    """Keep what was measured where everything written at run time is, wherever that may be."""
    target = Path(settings.VAR_DIR) / "bench.json"
    target.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return target


def _line(result: Result) -> str:
    row = result.as_row()
    budget = row.pop("budget")
    figures = "  ".join(
        f"{key} {value}" + (f" (budget {budget[key]})" if key in budget else "")
        for key, value in row.items()
        if key != "name"
    )
    mark = "" if result.within else "  OVER BUDGET"
    return f"{row['name']:<44} {figures}{mark}"
