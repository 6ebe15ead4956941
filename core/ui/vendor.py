from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

_ARCHIVO = "@fontsource-variable/archivo/files/archivo-{}-wdth-normal.woff2"
VENDORED = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.css.map": "@tabler/core/dist/css/tabler.min.css.map",  # the css names it
    **{
        f"vendor/archivo-{script}-wdth-normal.woff2": _ARCHIVO.format(script)
        for script in ("latin", "latin-ext", "vietnamese")
    },
}


class VendorFinder(BaseFinder):
    """
    Serve the named files out of node_modules, and no others.

    Whole folders would make manifest storage fail on files that name what is not there.
    """

    storage = FileSystemStorage(location=settings.BASE_DIR / "node_modules", base_url="/")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        source = VENDORED.get(path)
        found = self.storage.path(source) if source and self.storage.exists(source) else None
        return ([found] if found else []) if find_all else (found or [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        for path, source in VENDORED.items():
            yield path, _Renamed(self.storage, source)


class _Renamed(FileSystemStorage):
    """One vendored file under our name for it."""

    def __init__(self, storage: FileSystemStorage, source: str) -> None:
        super().__init__(location=storage.location, base_url="/")
        self.source = source
        self.prefix = ""

    def path(self, name: str) -> str:
        return super().path(self.source)

    def open(self, name: str, mode: str = "rb") -> Any:
        return super().open(self.source, mode)
