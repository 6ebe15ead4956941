"""The rows of the access matrix, from every capability, and the world that they point at."""

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from events.tests.world import build_world


def _matrix_modules():
    for path in sorted(Path(settings.BASE_DIR).glob("*/tests/**/matrix.py")):
        name = path.relative_to(settings.BASE_DIR).with_suffix("").as_posix().replace("/", ".")
        yield import_module(name)


MODULES = list(_matrix_modules())
ROWS = [row for module in MODULES for row in module.ROWS]


def whole_world():
    """The company of the matrix, with what each capability needs for its rows."""
    world = build_world()
    for module in MODULES:
        if hasattr(module, "prepare"):
            module.prepare(world)
    return world


def address(row, world, **changes):
    """Where a row points in a world; `changes` are other values of its arguments."""
    return reverse(row.url, kwargs={**row.kwargs(world), **changes})
