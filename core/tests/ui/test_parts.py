import re
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.template import TemplateDoesNotExist, engines
from django.utils import translation

from core.ui import parts


@dataclass(frozen=True)
class Held:
    thing: object


@pytest.fixture
def drawn(monkeypatch):
    """How often a template was drawn, by name."""
    times = []

    def draw(name, values):
        times.append(name)
        return str(values)

    monkeypatch.setattr(parts, "render_to_string", draw)
    parts.forget()
    yield times
    parts.forget()


def test_the_same_values_are_drawn_once_and_others_anew(drawn):
    assert parts.part("a.html", {"n": 1}) == parts.part("a.html", {"n": 1})
    assert parts.part("a.html", {"n": 2}) != parts.part("b.html", {"n": 1})
    assert drawn == ["a.html", "a.html", "b.html"]


def test_each_language_is_drawn(drawn):
    parts.part("a.html", {})
    with translation.override("de"):
        parts.part("a.html", {})
    assert drawn == ["a.html", "a.html"]


def test_while_templates_are_written_nothing_is_kept(drawn, settings):
    settings.DEBUG = True
    parts.part("a.html", {})
    parts.part("a.html", {})
    assert drawn == ["a.html", "a.html"]


@pytest.mark.parametrize("held", [lambda row: row, lambda row: (1, row), lambda row: Held((row,))])
def test_a_row_of_a_table_is_refused_wherever_it_is(held):
    with pytest.raises(parts.NotPlain, match="Group is a row"):
        parts.part("a.html", {"value": held(Group(pk=7))})


def test_what_cannot_be_told_apart_is_refused():
    with pytest.raises(TypeError, match="unhashable"):
        parts.part("a.html", {"value": [1]})


def test_a_part_knows_nothing_of_the_page_around_it():
    page = engines["django"].from_string(
        "{% for phase in phases %}{% part 'core/ui/find.html' has_desk=phase %}{% endfor %}"
    )
    assert (
        page.render({"phases": [True, False], "has_desk": True}).count("what you want to do") == 2
    )
    with pytest.raises(TemplateDoesNotExist):
        engines["django"].from_string("{% part 'core/ui/no.html' %}").render()


def test_what_is_said_twice_is_drawn_once():
    page = engines["django"].from_string(
        "{% said as words %}<b>{{ name }}</b>{% endsaid %}{{ words }} {{ words }}"
    )
    assert page.render({"name": "A & B"}) == "<b>A &amp; B</b> <b>A &amp; B</b>"


def test_what_the_shell_says_twice_takes_no_word_of_a_page():
    """A page may call its own things what it likes: an account, sections."""
    source = (settings.BASE_DIR / "templates/desk.html").read_text()

    names = re.findall(r"{% said as (\w+) %}", source)
    assert names
    assert all(name.startswith("shell_") for name in names)
