"""Which files are taken, known by their content: a name is only what their owner calls them."""

from dataclasses import dataclass

import puremagic

MEGABYTE = 1024 * 1024
NAME_LENGTH = 160
HEAD_BYTES = 8 * 1024  # as much as says what a file is


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of one ending: what they are served as, how large at most, whether a page may show them."""

    ending: str
    media_type: str
    max_bytes: int
    is_shown: bool = False


def _kinds(max_bytes: int, is_shown: bool = False, **media_types: str) -> tuple[Kind, ...]:
    return tuple(Kind(end, media, max_bytes, is_shown) for end, media in media_types.items())


_OFFICE = "application/vnd.openxmlformats-officedocument"
TEXTS = _kinds(
    5 * MEGABYTE, txt="text/plain", md="text/markdown", csv="text/csv", vtt="text/vtt"
)  # fmt: skip
DOCUMENTS = TEXTS + _kinds(
    25 * MEGABYTE,
    pdf="application/pdf",
    docx=f"{_OFFICE}.wordprocessingml.document",
    xlsx=f"{_OFFICE}.spreadsheetml.sheet",
    pptx=f"{_OFFICE}.presentationml.presentation",
)
PICTURES = _kinds(
    10 * MEGABYTE, True, png="image/png", jpg="image/jpeg", jpeg="image/jpeg", webp="image/webp", gif="image/gif"
)  # fmt: skip
VIDEOS = _kinds(500 * MEGABYTE, True, mp4="video/mp4", webm="video/webm", mov="video/quicktime")
_IS_TEXT = frozenset(kind.ending for kind in TEXTS)


def ending_of(name: str) -> str:
    """What a name ends with, in small letters and without its dot."""
    stem, _dot, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def shown_name(name: str) -> str:
    """A name without folders and signs that no file has, cut in the middle where it is too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    bare = "".join(sign for sign in last if sign.isprintable())
    ending = f".{ending_of(bare)}"
    return bare if len(bare) <= NAME_LENGTH else f"{bare[: NAME_LENGTH - len(ending) - 1]}…{ending}"


def is_what_it_says(head: bytes, ending: str) -> bool:
    """Whether the first bytes of a file may be the beginning of one with this ending."""
    if ending in _IS_TEXT:
        return b"\0" not in head and not _found(head) & {"html", "htm", "xhtml", "svg", "exe"}
    return ending in _found(head)


def _found(head: bytes) -> set[str]:
    try:
        return {match.extension.removeprefix(".") for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):  # it is nothing known, or empty
        return set()
