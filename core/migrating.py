"""How a new database gets all tables of our apps at once, and an app's first migration those of then."""

from collections.abc import Sequence

from django.contrib.postgres.operations import CreateCollation
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel, RunPython, SeparateDatabaseAndState
from django.db.migrations.state import ProjectState


class CreateModels(SeparateDatabaseAndState):
    """
    Models, each after those that it points to, which Django's state takes in together.

    Taken in one by one, each renders anew whatever is related to it: nearly all models, every time.
    """

    def __init__(self, models: Sequence[CreateModel]) -> None:
        super().__init__(database_operations=models, state_operations=models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # rendered again when it is asked for
        super().state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.database_operations)} models"


class MakeTriggers(RunPython):
    """Triggers that no guard describes. A new database gets them as well, after all tables."""


def make_all_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """
    Make what the migrations of our apps lead to, in one step, and record them all as applied.

    Ours are the apps whose first migration is a `CreateModels`. What they stand on is migrated
    before; what stands on them is left to `migrate`. Only for a database without any table: steps
    that carry rows over have nothing to carry.

    :return: the labels of our apps.
    """
    executor = MigrationExecutor(connection)
    graph, steps = executor.loader.graph, executor.loader.disk_migrations
    ours = {
        label
        for (label, _name), step in steps.items()
        if any(isinstance(operation, CreateModels) for operation in step.operations)
    }
    below = {
        parent.key
        for key, node in graph.node_map.items()
        if key[0] in ours
        for parent in node.parents
        if parent.key[0] not in ours
    }
    executor.migrate(sorted(below))

    state = executor.loader.project_state([key for key in graph.leaf_nodes() if key[0] in ours])
    models = [model for model in state.apps.get_models() if model._meta.app_label in ours]
    besides = [
        (key[0], operation)
        for key in graph.node_map
        if key[0] in ours
        for operation in graph.nodes[key].operations
    ]
    with connection.schema_editor() as editor:
        for label, operation in besides:
            if isinstance(operation, CreateCollation):
                operation.database_forwards(label, editor, state, state)
        for model in models:
            if model._meta.can_migrate(connection) and router.allow_migrate_model(
                connection.alias, model
            ):
                editor.create_model(model)
        for _label, operation in besides:
            if isinstance(operation, MakeTriggers):
                operation.code(state.apps, editor)
        for key in steps:
            if key[0] in ours:
                executor.recorder.record_applied(*key)
    return sorted(ours)
