"""The import contracts hold, and each is shown what it is there to catch: planted into a copy."""

import ast
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from django.conf import settings
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

configure()
ROOT = Path(settings.BASE_DIR)
OPTIONS = read_user_options(config_filename=str(ROOT / "pyproject.toml"))
SESSION = OPTIONS.session_options
KINDS = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "acyclic_siblings": AcyclicSiblingsContract,
}
FILES = "Between the files of a capability"
RULES = "Rules know rules and plain tools, by whatever way: no table, no read, no verb, no page"
RENDERING = "Rendering takes plain values, by whatever way: no table, no read, no verb, no page"
CIRCLES = "No circles: of two neighbours in a package one at most knows the other"
PEOPLE = (
    "Between the capabilities of people: tables and the manager tree, then outbox and trail, "
    "then verbs and pages"
)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(
        *SESSION["root_packages"],
        include_external_packages=True,
        cache_dir=str(ROOT / ".import_linter_cache"),
    )


def _broken(graph, kinds=KINDS):
    """The names of the contracts of some kinds that a graph of imports breaks."""
    return {
        options["name"]
        for options in OPTIONS.contracts_options
        if options["type"] in kinds
        and not KINDS[options["type"]](options["name"], SESSION, options)
        .check(deepcopy(graph), verbose=False)
        .kept
    }


def _planted(graph, modules=(), imports=()):
    planted = deepcopy(graph)
    for module in modules:
        planted.add_module(module)
    for importer, imported in imports:
        planted.add_import(importer=importer, imported=imported)
    return planted


def test_the_import_contracts_hold(graph):
    assert _broken(graph) == set()


@pytest.mark.parametrize(
    ("imports", "caught"),
    [
        pytest.param(
            [("events.packets.delivery.queries.desk", "events.packets.letters.queries")],
            {"Inside the family of packets"},
            id="a lower member of the family knows an upper one",
        ),
        pytest.param(
            [("events.bets.queries", "events.planning.queries")],
            {"Between the capabilities of events"},
            id="a lower capability knows an upper one",
        ),
        pytest.param(
            [("agenda.rooms.queries", "agenda.sessions.queries.board")],
            {"Between the capabilities of agenda"},
            id="rooms know sessions",
        ),
        pytest.param(
            [("reinforcement.touches.queries", "reinforcement.coaching.queries.notes")],
            {"Between the capabilities of reinforcement"},
            id="touches know coaching",
        ),
        pytest.param(
            [("events.bets.queries", "agenda.rooms.queries")],
            {"Between apps: before knows nothing of during, during nothing of after"},
            id="before knows of during",
        ),
        pytest.param(
            [("people.limits.rules", "people.org.rules")],
            {PEOPLE},
            id="what is lowest of people knows who people are",
        ),
        pytest.param(
            [("events.bets.queries", "events.bets.actions")],
            {FILES},
            id="a read knows a verb",
        ),
        pytest.param(
            [("people.keys.queries", "people.keys.actions")],
            {"Between the files of accounts, org, keys and the trail"},
            id="a read of keys knows a verb",
        ),
        pytest.param(
            [("events.packets.inquiries.rules.texts", "events.packets.delivery.models.versions")],
            {RULES},
            id="a rule knows a table of another capability",
        ),
        pytest.param(
            [("people.org.finding", "people.org.models")],
            {PEOPLE, RULES},
            id="a rule knows a table by way of a tool",
        ),
        pytest.param(
            [("events.packets.letters.rules.letter", "weasyprint")],
            {RULES},
            id="a rule lays out pages",
        ),
        pytest.param(
            [("events.packets.letters.rendering.render", "events.packets.delivery.models.rounds")],
            {RENDERING},
            id="what lays out pages knows a table",
        ),
        pytest.param(
            [
                (
                    "events.packets.letters.rendering.archival",
                    "events.packets.letters.rendering.typesetting",
                )
            ],
            {CIRCLES},
            id="two files know each other",
        ),
    ],
)
def test_an_import_that_may_not_be_is_caught(graph, imports, caught):
    broken = _broken(_planted(graph, imports=imports))

    # It may close a circle too, if the other end knows this one
    assert caught <= broken <= caught | {CIRCLES}


@pytest.mark.parametrize(
    ("module", "caught"),
    [
        ("events.packets.delivery.oddity", FILES),
        ("people.accounts.oddity", "Between the files of accounts, org, keys and the trail"),
        ("events.oddity", "Between the capabilities of events"),
        ("events.packets.oddity", "Inside the family of packets"),
        ("agenda.oddity", "Between the capabilities of agenda"),
        ("reinforcement.oddity", "Between the capabilities of reinforcement"),
    ],
)
def test_a_module_that_stands_nowhere_is_caught(graph, module, caught):
    # Only these ask for modules; it imports nothing
    assert _broken(_planted(graph, modules=[module]), ["layers"]) == {caught}


# What a rule may have of Django: words, shapes of text, and plain checks of a value
OF_DJANGO = {
    "django.core.exceptions", "django.core.validators", "django.utils.dates",
    "django.utils.formats", "django.utils.functional", "django.utils.html",
    "django.utils.safestring", "django.utils.text", "django.utils.translation",
    "django.views.decorators.debug",
}  # fmt: skip
# Choices are plain words, though they live among the tables
CHOICES = {"TextChoices", "IntegerChoices"}
CLOCK = {
    "now", "utcnow", "today", "localdate", "time", "time_ns", "monotonic", "perf_counter",
    "process_time", "thread_time",
}  # fmt: skip
NOT_PLAIN = {"os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "threading", "time"}
# What a tool that rules use may not have either, itself or by way of another
FAR = ("django.conf", "django.db", "django.shortcuts", "django.template")


def impurities(source):
    """Where a rule asks for settings, tables, templates, files or the clock: line and what."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for module, names in _imports(node):
            far = module.startswith("django") and module not in OF_DJANGO
            if module == "django.db.models" and set(names) <= CHOICES:
                far = False
            if far or module.split(".")[0] in NOT_PLAIN:
                found.append((node.lineno, module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # A moment has a `time()` too: the one of a module or a class has a name before it
            name = node.func.attr
            if name in CLOCK - {"time"} or (name == "time" and _is_module(node.func.value)):
                found.append((node.lineno, name))
    return found


def _imports(node):
    """The modules that a statement imports, and which names of each."""
    if isinstance(node, ast.Import):
        return [(alias.name, ["*"]) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [alias.name for alias in node.names]
        # `from django import db` and `from django.utils import timezone` name modules too
        inside = [(f"{node.module}.{name}", ["*"]) for name in names]
        return inside if node.module in ("django", "django.utils") else [(node.module, names)]
    return []


def _is_module(node):
    return isinstance(node, ast.Name) and node.id == "time"


def _source(module):
    path = ROOT.joinpath(*module.split("."))
    return (path.with_suffix(".py") if not path.is_dir() else path / "__init__.py").read_text()


def _rules(graph):
    return {
        module
        for module in graph.modules
        if "rules" in module.split(".")[1:]
        and "tests" not in module.split(".")
        and not graph.is_module_squashed(module)
    }


def test_rules_know_no_settings_tables_templates_files_or_clock(graph):
    found = {module: wrong for module in _rules(graph) if (wrong := impurities(_source(module)))}

    assert found == {}


def test_what_rules_use_knows_no_settings_tables_or_templates(graph):
    used = set().union(*(graph.find_upstream_modules(module) for module in _rules(graph)))
    tools = {module for module in used - _rules(graph) if not graph.is_module_squashed(module)}
    found = {
        (module, imported)
        for module in tools
        for node in ast.walk(ast.parse(_source(module)))
        for imported, names in _imports(node)
        if imported.startswith(FAR) and not set(names) <= CHOICES
    }

    assert found == set()
    assert "core.keys" in tools


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from django.conf import settings", ["django.conf"]),
        ("import django.conf", ["django.conf"]),
        ("from django.db.models import QuerySet", ["django.db.models"]),
        ("from django.db.models import TextChoices", []),
        ("from django.db.models import TextChoices, Q", ["django.db.models"]),
        ("from django import db", ["django.db"]),
        ("from django.template.loader import render_to_string", ["django.template.loader"]),
        ("from django.utils import timezone", ["django.utils.timezone"]),
        ("from django.utils.module_loading import import_string", ["django.utils.module_loading"]),
        ("from django.utils.translation import gettext as _", []),
        ("from datetime import date, datetime\nday = date(2027, 1, 5)", []),
        ("from datetime import datetime, UTC\nat = datetime.now(UTC)", ["now"]),
        ("import datetime\nday = datetime.date.today()", ["today"]),
        ("import time\nat = time.time()", ["time", "time"]),
        ("from time import monotonic", ["time"]),
        ("def f(moment):\n    return moment.time()", []),
        ("from pathlib import Path", ["pathlib"]),
    ],
)
def test_an_impure_rule_is_caught(source, found):
    assert [what for _line, what in impurities(source)] == found
