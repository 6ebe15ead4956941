"""What the import contracts cannot see: relations by string, templates, and files that grow."""

import ast
import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
APPS = CONTRACTS["root_packages"]
LONGEST_FILE = 400  # lines
NOT_APP_CODE = {"tests", "migrations"}
# Folders of an app that hold no capability
NOT_CAPABILITIES = {"tests", "migrations", "templatetags", "management"}
# Folders that hold capabilities
FAMILIES = {"events.packets"}


LAYERED = [contract for contract in CONTRACTS["contracts"] if contract["type"] == "layers"]


def _orders():
    """`{"": {"core": 0, …}, "events": {"kickoff": 2, …}, "events.packets": {…}}`, the lowest first."""
    orders = {}
    for contract in LAYERED:
        for container in contract.get("containers", [""]):
            for height, layer in enumerate(reversed(contract["layers"])):
                for name in re.findall(r"[\w.]+", layer):
                    # Some name an app's files one by one: of a capability the lowest counts
                    path = ([container] if container else []) + name.split(".")[:2]
                    parent = ".".join(path[:-1])
                    orders.setdefault(parent, {}).setdefault(path[-1], height)
    return orders


ORDERS = _orders()
CAPABILITIES = {
    container
    for contract in LAYERED
    if "(rules)" in contract["layers"]
    for container in contract["containers"]
}


def may_know(source, target):
    """Whether a package such as `agenda.rooms` may point at another one: it stands above it."""
    if source == target:
        return True
    for within, (one, other) in enumerate(zip(source.split("."), target.split("."), strict=False)):
        if one != other:
            order = ORDERS[".".join(source.split(".")[:within])]
            return order[one] > order[other]
    raise AssertionError(f"{source} and {target}: one is inside the other")


def _capability(model):
    """The capability that a table belongs to, else its app."""
    module = model.__module__
    found = [name for name in CAPABILITIES if module.startswith(f"{name}.")]
    return max(found, key=len, default=module.split(".")[0])


def _relations():
    for model in apps.get_models():
        for relation in chain(model._meta.fields, model._meta.many_to_many):
            target = relation.related_model
            if target and all(_capability(end).split(".")[0] in APPS for end in (model, target)):
                yield model, relation, target


def _python(*, app_code_only):
    for path in chain(ROOT.glob("*.py"), *((ROOT / app).rglob("*.py") for app in APPS)):
        folders = set(path.relative_to(ROOT).parts)
        if "migrations" in folders or (app_code_only and folders & NOT_APP_CODE):
            continue
        if app_code_only and path.name == "conftest.py":
            continue
        yield path


@cache
def _parsed(source):
    """The syntax of a file, which several rules look at."""
    return ast.parse(source)


def _told(path, line=None):
    return str(path.relative_to(ROOT)) + (f":{line}" if line else "")


def test_relations_point_only_where_imports_may():
    wrong = [
        f"{_capability(model)}: {model.__name__}.{relation.name} points at {_capability(target)}"
        for model, relation, target in _relations()
        if not may_know(_capability(model), _capability(target))
    ]

    assert wrong == []
    assert any(_relations())


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("agenda.sessions", "agenda.rooms", True),
        ("agenda.rooms", "agenda.sessions", False),
        ("agenda.rooms", "events.packets.delivery", True),
        ("events.packets.delivery", "agenda.rooms", False),
        ("events.packets.letters", "events.packets.delivery", True),
        ("events.packets.delivery", "events.packets.letters", False),
        ("events.packets.territories", "events.kickoff", True),
        ("events.kickoff", "events.packets.territories", False),
        ("people.activity", "people.mail", False),
        ("people.accounts", "people.accounts", True),
    ],
)
def test_the_order_is_read_from_the_import_contracts(source, target, expected):
    assert may_know(source, target) is expected


@pytest.mark.parametrize("app", [app for app in APPS if app not in ("core", "sko_planner")])
def test_every_capability_stands_in_the_import_contracts(app):
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for level in ("*", "packets/*")
        for path in (ROOT / app).glob(f"{level}/__init__.py")
        if path.parent.name not in NOT_CAPABILITIES
    } - FAMILIES

    assert {
        name for name in packages if name.rpartition(".")[2] not in ORDERS[name.rpartition(".")[0]]
    } == set()
    assert packages - CAPABILITIES == set()


def unordered(modules, order):
    """Modules that an order of layers names neither themselves nor by their package."""
    return {
        module for module in modules if not {module, module.rpartition(".")[0]}.intersection(order)
    }


def test_every_file_of_people_stands_in_the_order_of_files():
    # ADR 5: files of several capabilities are layered among each other, which no container says
    order = {
        name
        for contract in LAYERED
        if "containers" not in contract
        for layer in contract["layers"]
        for name in re.findall(r"[\w.]+", layer)
    }
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "people").glob("*/*")
        if path.parent.name not in NOT_CAPABILITIES
        and path.stem != "__init__"
        and (path.suffix == ".py" or (path / "__init__.py").exists())
    }

    assert unordered(modules, order) == set()
    assert unordered({"people.org.views", "people.org.oddity"}, order) == {"people.org.oddity"}


def imports_in_functions(source, *, may="nothing"):
    """The lines of imports inside functions, but for a function that may."""
    return [
        node.lineno
        for function in ast.walk(_parsed(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != may
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_app_code_imports_at_the_top_of_its_files():
    inside = [
        _told(path, line)
        for path in _python(app_code_only=True)
        # AppConfig.ready() runs once the tables are there: what registers is imported in it
        for line in imports_in_functions(
            path.read_text(), may="ready" if path.name == "apps.py" else "nothing"
        )
    ]

    assert inside == []
    assert imports_in_functions("def f():\n    from events.kickoff import models") == [2]


# What loads a module by its name in a string, and where that is as it must be
LOADERS = {"import_string", "import_module", "__import__", "LazyLoader", "find_spec"}
LOADED_BY_NAME = {
    "people/keys/models.py": "the store of sessions is a setting of Django's",
    "sko_planner/management/commands/shots.py": "the store of sessions is a setting of Django's",
}
# Names that are strings since Django, Celery or a process takes no other, or that import nothing
NAMED_IN_STRINGS = {
    "core/imports/uploads.py": "the salt of a signature",
    "people/accounts/devices.py": "the salt of a signature",
    "manage.py": "the settings, for Django",
    "sko_planner/celery.py": "the settings, for Django",
    "sko_planner/wsgi.py": "the settings, for Django",
    "sko_planner/settings.py": "middleware, backends and the like, for Django and its libraries",
    "sko_planner/management/commands/shots.py": "a process of its own, for gunicorn",
}


def loads_by_name(source):
    """The lines that use what loads modules by name."""
    return sorted(
        node.lineno
        for node in ast.walk(_parsed(source))
        if (isinstance(node, ast.Name) and node.id in LOADERS)
        or (isinstance(node, ast.Attribute) and node.attr in LOADERS)
    )


def modules_in_strings(source):
    """Strings that name a module of ours, or something in it, as `events.kickoff.urls` does."""
    return [
        (node.lineno, node.value)
        for node in ast.walk(_parsed(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(rf"({'|'.join(APPS)})(\.\w+)+", node.value)
        and _is_there(node.value)
    ]


def _is_there(name):
    """Whether a module of ours has this name, or begins it and holds the rest."""
    *package, last = name.split(".")
    path = ROOT.joinpath(*package)
    if (path / last).with_suffix(".py").exists() or (path / last / "__init__.py").exists():
        return True
    inside = path.with_suffix(".py") if not path.is_dir() else path / "__init__.py"
    return inside.exists() and bool(re.search(rf"\b(def|class) {last}\b", inside.read_text()))


def test_no_module_of_ours_is_imported_by_a_string():
    loading = {
        str(path.relative_to(ROOT))
        for path in _python(app_code_only=True)
        if loads_by_name(path.read_text())
    }
    named = {
        str(path.relative_to(ROOT)): found
        for path in _python(app_code_only=True)
        if (found := modules_in_strings(path.read_text()))
    }

    assert loading == set(LOADED_BY_NAME)
    assert {path: found for path, found in named.items() if path not in NAMED_IN_STRINGS} == {}
    assert set(NAMED_IN_STRINGS) <= set(named)


@pytest.mark.parametrize(
    ("source", "loads", "names"),
    [
        ('import_string("events.kickoff.actions")', True, True),
        ('importlib.import_module("events.kickoff")', True, True),
        ('path("", include("events.kickoff.urls"))', False, True),
        ('do("events.kickoff.queries.kickoffs_for")', False, True),
        ('shared_task(name="events.packets.letters.render")', False, False),
        ('salt = "people.accounts.invitation"', False, False),
    ],
)
def test_a_string_that_imports_is_caught(source, loads, names):
    assert (bool(loads_by_name(source)), bool(modules_in_strings(source))) == (loads, names)


def test_no_app_code_listens_to_signals():
    listening = [
        _told(path)
        for path in _python(app_code_only=True)
        if re.search(
            r"django\.(db\.models|core|dispatch)\S* import .*(signals|receiver)", path.read_text()
        )
    ]

    assert listening == []


_TAGS = re.compile(r"{%.*?%}")
INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without src": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*type=.application/json)", re.I
    ),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
}


def test_templates_hold_nothing_that_the_content_security_policy_forbids():
    templates = chain(
        (ROOT / "templates").rglob("*.html"), *((ROOT / app).rglob("*.html") for app in APPS)
    )
    found = [
        f"{_told(path, text.count(chr(10), 0, match.start()) + 1)} has {what}"
        for path in templates
        for text in [_TAGS.sub("", path.read_text())]
        for what, pattern in INLINE.items()
        if (path.name, what) != ("mail.html", "a style element")  # mail programs load no sheet
        for match in pattern.finditer(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("markup", "allowed"),
    [
        ('<p style="color: red">', False),
        ("<p\n  class='a'\n  style='color: red'>", False),
        ("<script>alert(1)</script>", False),
        ('<script type="module" src="/static/a.js"></script>', True),
        ('<button onclick="go()">', False),
        ('<circle stroke="red" r="3">', True),
        ('<p data-style="a" data-on="b">', True),
    ],
)
def test_inline_code_is_recognised(markup, allowed):
    assert any(pattern.search(markup) for pattern in INLINE.values()) is not allowed


def test_no_file_outgrows_what_can_be_read_at_once():
    sources = chain(
        _python(app_code_only=False),
        (ROOT / "templates").rglob("*.html"),
        (ROOT / "static").rglob("*.js"),
        (ROOT / "bin").iterdir(),
    )
    long = {
        _told(path): lines
        for path in sources
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_module_is_named_for_nothing():
    nameless = {"utils", "common", "helpers", "services", "misc"}
    found = [
        _told(path)
        for path in _python(app_code_only=False)
        if nameless & {path.stem, path.parent.name}
    ]

    assert found == []
