from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from core.guards import installed


class Command(migrate.Command):
    """
    As Django's; afterwards every guard of a table stands, whatever was rebuilt.

    Not halfway: a guard may read a table that is still to come, and SQLite would refuse to go on.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        executor = MigrationExecutor(connections[options["database"]])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            installed.install(executor.connection)
