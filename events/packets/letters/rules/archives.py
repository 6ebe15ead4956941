"""An archive as a download, in pieces as it is made: neither memory nor disk holds it whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from django.views.decorators.debug import sensitive_variables


@sensitive_variables()
def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Files by name; one is in memory at a time. What is sealed or packed already stays as it is."""
    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(name, data)
            yield out.taken()
    yield out.taken()


class Pipe(io.RawIOBase):
    """Takes what an archive writes, and gives it away: nothing is kept, on disk least of all."""

    def __init__(self) -> None:
        super().__init__()
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # a buffer, as zipfile gives it
        self._chunks.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """All that was written since the last call."""
        found, self._chunks = b"".join(self._chunks), []
        return found
