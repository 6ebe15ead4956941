"""
Finds words that nobody can translate: every page is shown in a language that puts ⟦ ⟧ around
each translated string, and a letter outside the brackets fails.

What is not for translation is marked, and the mark is the rule for every template:

- what people wrote (names, titles, notes, places) stands in `<bdi>`; the `{% person %}` tag and
  the `bdi` filter do so. Longer text, and lists of choices that people wrote, carry `data-content`
- a date or time of day stands in `<time>` if it is not written by the `day` and `moment` filters
- the title of the window is left out: it cannot hold marks, and the h1 says the same
- a product name carries `translate="no"`; code stands in `<code>` or `<kbd>`

Figures, and tokens of capitals and digits (EUR, WET, T−26, v2), need no mark. The pages are the
GET rows of the access matrix, each as one person at a desk and as a rep, where they may see it.
"""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.translation import _trans

from sko_planner.tests.test_access_matrix import ROWS, whole_world

OPEN, CLOSE = "⟦", "⟧"
UNMARKED = {"title", "bdi", "time", "code", "kbd", "script", "style", "textarea"}
MARKS = {"data-content", "translate"}
VOID = {"input", "br", "hr", "img", "meta", "link", "col", "wbr", "source"}
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-confirm", "data-busy", "data-label")
# Codes, units beside a figure, and single letters are the same in every language
CODE = re.compile(r"https?://\S*|[€$£+−\-]*\w*\d[\w.,:]*%?|\b[A-Z]{1,5}\d*\b|\b\w\b")
AT_A_DESK = ("planner", "revops", "executive", "manager")
# Pages of packages that keep their own gate, in our clothes
SIGN_IN = ("account_login", "account_request_login_code", "account_reset_password")


class _Reader(HTMLParser):
    """Collects what a page says outside brackets and outside marked elements."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.stack = []
        self.marked = 0
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        marked = tag in UNMARKED or not MARKS.isdisjoint(given)
        if not marked and not self.marked:
            for name in SPOKEN:
                self._check(f"{name} of <{tag}>", given.get(name) or "", alone=True)
            if tag == "input" and given.get("type") in ("submit", "button", "reset"):
                self._check("value of <input>", given.get("value") or "", alone=True)
        if tag not in VOID:
            self.stack.append((tag, marked))
            self.marked += marked

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.stack:
            opened, marked = self.stack.pop()
            self.marked -= marked
            if opened == tag:
                return

    def handle_data(self, data):
        place = f"<{self.stack[-1][0]}>" if self.stack else "the page"
        self._check(place, data, alone=False)

    def _check(self, place, text, *, alone):
        """`alone`: an attribute; otherwise brackets may span elements."""
        depth = 0 if alone else self.depth
        outside = []
        for sign in text:
            if sign == OPEN:
                depth += 1
            elif sign == CLOSE:
                depth = max(depth - 1, 0)
            elif not depth:
                outside.append(sign)
        if not alone:
            self.depth = depth
            if self.marked:
                return
        words = CODE.sub(" ", "".join(outside))
        if any(sign.isalpha() for sign in words):
            self.found.append(f"{place}: {' '.join(''.join(outside).split())[:80]}")


def unwrapped(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.fixture
def pseudo_locale(monkeypatch):
    """Each translated string in brackets."""

    def wrapped(text):
        return f"{OPEN}{text}{CLOSE}" if text else text

    monkeypatch.setattr(_trans, "gettext", wrapped, raising=False)
    monkeypatch.setattr(
        _trans, "ngettext", lambda one, many, n: wrapped(one if n == 1 else many), raising=False
    )
    monkeypatch.setattr(_trans, "pgettext", lambda _context, text: wrapped(text), raising=False)
    monkeypatch.setattr(
        _trans,
        "npgettext",
        lambda _context, one, many, n: wrapped(one if n == 1 else many),
        raising=False,
    )


def _pages():
    for row in ROWS:
        if row.method != "get" or row.url.startswith("api:"):
            continue
        desk = next((role for role in AT_A_DESK if role in row.allowed), None)
        for role in filter(None, (desk, "rep" if "rep" in row.allowed else None)):
            yield pytest.param(row, role, id=f"{row.url} as {role}")


@pytest.mark.look
@pytest.mark.django_db
@pytest.mark.usefixtures("pseudo_locale")
@pytest.mark.parametrize(("row", "role"), list(_pages()))
def test_every_word_of_a_page_can_be_translated(row, role, client):
    world = whole_world()
    client.force_login(world[role])

    response = client.get(reverse(row.url, kwargs=dict(row.kwargs(world))), dict(row.data(world)))

    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        assert unwrapped(response.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("pseudo_locale")
@pytest.mark.parametrize("name", SIGN_IN)
def test_every_word_of_the_way_in_can_be_translated(name, client):
    assert unwrapped(client.get(reverse(name)).content.decode()) == []


@pytest.mark.usefixtures("pseudo_locale")
@pytest.mark.django_db
def test_a_page_that_is_not_there_can_be_translated(client):
    assert unwrapped(client.get("/no-such-page/").content.decode()) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦Released ⟦Wed⟧ 3 ⟦Feb⟧, 09:45 WET⟧</p>",
        "<p>⟦Signed by <bdi>Aïcha</bdi> today⟧</p>",
        "<p>3 · €25k · 138,000,000 JPY · T−26 · v2 · 54%</p>",
        "<p translate='no'>SKO Planner</p><option data-content>EMEA North</option>",
        "<script>const words = 1</script><svg><path d='M0'/></svg><br>",
    ],
)
def test_what_is_wrapped_or_marked_passes(html):
    assert unwrapped(html) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Signed</p>", "<p>: Signed"),
        ("<p>⟦Signed⟧ yesterday</p>", "<p>: yesterday"),
        ("<bdi>Aïcha</bdi> <b>signed</b>", "<b>: signed"),
        ('<a href="/" aria-label="Open">⟦x⟧</a>', "aria-label of <a>: Open"),
        ('<input placeholder="Find">', "placeholder of <input>: Find"),
    ],
)
def test_what_is_not_is_found(html, found):
    assert unwrapped(html) == [found]
