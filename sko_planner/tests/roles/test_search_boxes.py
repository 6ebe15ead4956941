"""Each list with a search box finds a name without its accents."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from core.lists import ListSpec
from core.tests.access import REVOPS, ROLES, Row, slug
from sko_planner.tests.roles.rows import ROWS, address

APPS = ("people", "events", "agenda", "reinforcement")
# An address that lists one thing or another
OTHER_LISTS = [
    Row("events:packets:territories:mend", REVOPS, slug, data=lambda world: {"kind": "without"}),
    Row("events:packets:territories:mend", REVOPS, slug, data=lambda world: {"kind": "unowned"}),
]
A_BOX = re.compile(r"^ +search=\[", re.MULTILINE)


def _boxes_by_module():
    """How many search boxes the lists of each module of views have."""
    for app in APPS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            text = path.read_text("utf-8")
            if "tests" not in path.parts and "ListSpec(" in text and A_BOX.search(text):
                yield path.resolve(), len(A_BOX.findall(text))


@pytest.mark.long
def test_each_search_box_finds_a_name_without_its_accents(world, ask, monkeypatch):
    expected = Counter(dict(_boxes_by_module()))
    seen = {}
    page = ListSpec.page

    def note(spec, rows, params):
        if spec.search:
            module = Path(sys._getframe(1).f_code.co_filename).resolve()
            seen.setdefault((module, tuple(one.key for one in spec.columns)), (spec, rows))
        return page(spec, rows, params)

    with monkeypatch.context() as patched:
        patched.setattr(ListSpec, "page", note)
        for row in [*ROWS, *OTHER_LISTS]:
            view = resolve(address(row, world)).func
            module = Path(sys.modules[view.__module__].__file__).resolve()
            reached = Counter(one for one, _columns in seen)
            if row.method == "get" and row.allowed and reached[module] < expected[module]:
                ask(row, next(role for role in ROLES if role in row.allowed))

    assert Counter(module for module, _columns in seen) == expected
    assert [key for key, (spec, rows) in seen.items() if not _finds(spec, rows)] == []
    assert sum(rows.exists() for _spec, rows in seen.values()) > 20


def _finds(spec, rows):
    """
    Whether a row is found once the first field that is looked at says Łukasz; where the world has
    none, whether the list can be asked.
    """
    if not rows.exists():
        return spec.page(rows.all(), {"q": "lukasz"}).rows == []
    *relation, column = spec.search[0].split("__")
    path = "__".join([*relation, "pk"])
    pk, key = rows.exclude(**{path: None}).values_list("pk", path)[0]
    model = rows.model
    for name in relation:
        model = model._meta.get_field(name).related_model
    model.objects.filter(pk=key).update(**{column: f"Łukasz {key}"})
    return pk in {row.pk for row in spec.page(rows.all(), {"q": f"lukasz {key}"}).rows}
