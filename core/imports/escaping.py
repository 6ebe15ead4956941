"""
Cells that a spreadsheet would run as a formula, out and in: what an export adds, an import takes.

A file is opened by people whose spreadsheet parts cells at semicolons or tabs too, so every part
of a cell is looked at, not only its beginning.
"""

import re

# Signs that begin a formula; the wide ones count where the spreadsheet is set to Japanese
_SIGNS = "=+\\-@＝＋－＠"
_PART = r"(?:^(?=%(led)s'*[ \"]*[%(signs)s\t\r\n])|(?<=[;\t\r\n])(?=%(led)s'*[ \"]*[%(signs)s]))"
_RUNS = re.compile(_PART % {"led": "", "signs": _SIGNS})
_ESCAPED = re.compile(_PART % {"led": "'", "signs": _SIGNS} + "'")


def escape_text(text: str) -> str:
    """A text whose parts are led by a quote where a spreadsheet would take them for formulas."""
    return _RUNS.sub("'", text)


def unescape_cell(text: str) -> str:
    """What `escape_text` was given."""
    return _ESCAPED.sub("", text) if "'" in text else text
