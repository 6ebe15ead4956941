"""The files of others that pages need, out of node_modules: those named here, and no others."""

import os
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from core.files import WholeFiles
from core.ui import cutting

TABLER = "@tabler/core/dist/css/tabler.min.css"
_ARCHIVO = "@fontsource-variable/archivo/files/archivo-{}-wdth-normal.woff2"
VENDORED = {
    "vendor/jsqr.js": "jsqr/dist/jsQR.js",
    **{
        f"vendor/workbox-{part}.js": f"workbox-{part}/build/workbox-{part}.prod.js"
        for part in ("core", "expiration", "routing", "strategies")
    },
    "vendor/tabler.min.css": TABLER,
    **{
        f"vendor/archivo-{part}-wdth-normal.woff2": _ARCHIVO.format(script)
        for part, script in {
            "latin": "latin",
            "central": "latin-ext",
            "latin-ext": "latin-ext",
            "vietnamese": "vietnamese",
        }.items()
    },
}
# Of Latin's extensions first what names between Poland and Turkey need, and vowels with a macron, since
# these are on many pages; apart the other letters of Europe and Azerbaijan, and signs of currencies
_CENTRAL = {
    ord(letter)
    for letter in "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŐőŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽžȘșȚțĀāĒēĪīŌōŪū"
}
_LETTERS = {
    "vendor/archivo-central-wdth-normal.woff2": _CENTRAL,
    "vendor/archivo-latin-ext-wdth-normal.woff2": {
        *range(0x100, 0x180),
        0x18F,
        0x259,
        0x1E9E,
        *range(0x20A0, 0x20C1),
    }
    - _CENTRAL,
}
_PACKAGES = settings.BASE_DIR / "node_modules"
_RECIPE = (settings.BASE_DIR / "package-lock.json", Path(__file__), Path(cutting.__file__))
_MAP = re.compile(rb"^//# sourceMappingURL=.*$", re.MULTILINE)
_TEXT = (".html", ".js", ".py", ".css")


class VendorFinder(BaseFinder):
    """
    Serve each named file cut down to what our pages use.

    It is cut when first asked for, and again once something that it was made from has changed.
    """

    storage = WholeFiles(location=settings.VAR_DIR / "cache", allow_overwrite=True)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self._made(path) if path in VENDORED else None
        return ([found] if found else []) if find_all else (found or [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        for path in VENDORED:
            self._made(path)
            yield path, self.storage

    def _made(self, path: str) -> str:
        source, made = _PACKAGES / VENDORED[path], Path(self.storage.path(path))
        ours = list(_ours()) if source.suffix == ".css" else []
        inputs = [source, *_RECIPE, *ours]
        newest = max(one.stat().st_mtime_ns for one in inputs)
        if not made.exists() or made.stat().st_mtime_ns < newest:
            self.storage.save(path, ContentFile(_cut(path, source, ours)))
            os.utime(made, ns=(newest, newest))
        return str(made)


def _ours() -> Iterator[Path]:
    """All files that may name a class or use a property."""
    for top in ("templates", "static", *settings.INSTALLED_APPS):
        for folder, folders, names in os.walk(settings.BASE_DIR / top):
            folders[:] = set(folders) - {"tests", "__pycache__"}
            yield from (Path(folder, name) for name in names if name.endswith(_TEXT))


def _cut(path: str, source: Path, ours: list[Path]) -> bytes:
    """A file as pages need it; scripts as they are, but for the map of their source, which is not here."""
    if source.suffix == ".js":
        return _MAP.sub(b"", source.read_bytes())
    return _cut_styles(source, ours) if ours else _cut_font(source, _LETTERS.get(path))


def _cut_font(source: Path, letters: Set[int] | None) -> bytes:
    return cutting.cut_font(source.read_bytes(), letters)


def _cut_styles(source: Path, ours: Iterable[Path]) -> bytes:
    styles: list[str] = []
    others: list[str] = []
    for path in ours:
        (styles if path.suffix == ".css" else others).append(path.read_text("utf-8"))
    words = cutting.words_in("\n".join(others))
    css = source.read_text("utf-8")
    return cutting.cut_styles(css, words, besides="\n".join(styles)).encode()
