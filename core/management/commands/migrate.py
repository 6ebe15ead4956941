from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from core.guards import installed
from core.migrating import make_all_tables


class Command(migrate.Command):
    """
    As Django's; a new database gets all our tables in one step. Afterwards every guard and watch of
    a table stands, whatever was rebuilt.

    Not halfway: one may read a table that is still to come, and SQLite would refuse to go on.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        self.connection = connections[options["database"]]
        self.may_be_watched = True
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if whole and not options["fake"] and not self.connection.introspection.table_names():
            made = make_all_tables(self.connection)
            if options["verbosity"] >= 1:
                self.stdout.write(f"  Made all tables of {', '.join(made)}")
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        executor = MigrationExecutor(self.connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            installed.install(self.connection)

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        """As Django's; before the first step the watches are taken away."""
        if self.may_be_watched and action in ("apply_start", "unapply_start"):
            installed.unwatch(self.connection)
            self.may_be_watched = False
        super().migration_progress_callback(action, migration, fake)
