"""
Finds words that nobody can translate: every page is shown in a language that puts ⟦ ⟧ around
each translated string, and a letter outside the brackets fails.

What is not for translation is marked, and the mark is the rule for every template:

- what people wrote (names, titles, notes, places) stands in `<bdi>`; the `{% person %}` tag and
  the `bdi` filter do so. Longer text, and lists of choices that people wrote, carry `data-content`
- a date or time of day stands in `<time>` if it is not written by the `day` and `moment` filters
- the title of the window is left out: it cannot hold marks, and the h1 says the same
- a product name carries `translate="no"`; code stands in `<code>` or `<kbd>`

Figures, and tokens of capitals and digits (EUR, WET, T−26, v2), need no mark.
"""

import re
from gettext import NullTranslations
from html.parser import HTMLParser

OPEN, CLOSE = "⟦", "⟧"
CONTEXT = "\x04"  # of gettext, between what tells two meanings apart and the text
UNMARKED = {"title", "bdi", "time", "code", "kbd", "script", "style", "textarea"}
MARKS = {"data-content", "translate"}
VOID = {"input", "br", "hr", "img", "meta", "link", "col", "wbr", "source"}
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-confirm", "data-busy", "data-label")
# Codes, units beside a figure, and single letters are the same in every language
CODE = re.compile(r"https?://\S*|[€$£+−\-]*\w*\d[\w.,:]*%?|\b[A-Z]{1,5}\d*\b|\b\w\b")


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


class Bracketed(NullTranslations):
    """English in brackets. What tells two meanings of a text apart is no part of what is said."""

    def gettext(self, message):
        return f"{OPEN}{message.rpartition(CONTEXT)[2]}{CLOSE}"

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)

    def to_language(self):
        return "en"
