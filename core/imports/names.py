"""Several names in one cell or field, parted by “;” or lines; one with such a sign is quoted."""

import re
from collections.abc import Iterable

from core.imports.parsers import text

SEPARATOR = ";"
_PART = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"[ \t]*(?=[;\r\n]|$)|([^;\r\n]*))(?:[;\r\n]|$)')
_QUOTED = re.compile(r'[;\r\n]|^\s*"')


def split_names(cell: str) -> list[str]:
    """The names in a cell, in order: Acme; "Foo; Bar Ltd" are two."""
    found = (
        quoted.replace('""', '"') if quoted else plain for quoted, plain in _PART.findall(cell)
    )
    return [name for name in map(text, found) if name]


def join_names(names: Iterable[str]) -> str:
    """Names in one cell, as `split_names` reads them."""
    return f"{SEPARATOR} ".join(_quoted(name) if _QUOTED.search(name) else name for name in names)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
