from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from core.guards import standing


class Command(migrate.Command):
    """As Django's; afterwards every guard of a table stands, whatever was rebuilt."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            standing.stand(connections[options["database"]])
