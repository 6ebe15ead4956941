"""Every hook is where its name says, tells what it is for, and stands on the page that lists them."""

import sys
from pathlib import Path

import pytest
from django.conf import settings

from core.hooks import Hook
from sko_planner import hooks_page

ROOT = Path(settings.BASE_DIR)
HOOKS = {
    f"{module}.{name}": hook
    for module, loaded in list(sys.modules.items())
    if module.endswith(".hooks")
    for name, hook in vars(loaded).items()
    if isinstance(hook, Hook) and loaded.__name__ == hook.name.rpartition(".")[0]
}


def test_the_page_lists_every_hook_as_it_is_now():
    assert hooks_page.PAGE.read_text("utf-8") == hooks_page.page(), "run manage.py list_hooks"


def test_every_file_of_hooks_is_looked_at_and_every_hook_is_where_its_name_says():
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for app in ("core", "people", "events", "agenda", "reinforcement", "sko_planner")
        for path in (ROOT / app).rglob("hooks.py")
    } - {"core.hooks"}

    assert {name.rpartition(".")[0] for name in HOOKS} == files
    assert {name: hook.name for name, hook in HOOKS.items() if name != hook.name} == {}
    assert [hook.name for hook in hooks_page.offered()] == sorted(HOOKS)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_hook_says_what_a_function_takes_and_gives_and_somebody_takes_part(hook):
    assert "Takes " in hook.__doc__
    assert "; gives " in " ".join(hook.__doc__.split())
    assert hook.registered
    assert hooks_page.signature(hook).startswith("(")
