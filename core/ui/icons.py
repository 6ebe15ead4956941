import re
from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

OUTLINES = settings.BASE_DIR / "node_modules/@tabler/icons/icons/outline"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline)[^>]*/>")


class UnknownIcon(LookupError):
    """Tabler has no outline of this name."""


@lru_cache(maxsize=2048)
def icon(name: str, *, label: str = "", extra: str = "") -> SafeString:
    """
    One of Tabler's outlines as inline SVG; `extra` are more CSS classes.

    Without a label it is hidden from screen readers: the words stand beside it.

    :raises UnknownIcon: there is no such icon
    """
    voice = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" {} viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        f"k-icon {extra}".rstrip(),
        voice,
        _outline(name),
    )


@lru_cache(maxsize=512)
def _outline(name: str) -> SafeString:
    """The shapes of an icon, without Tabler's own frame and its invisible square."""
    path = OUTLINES / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(f"Tabler has no outline icon named “{name}”.")
    shapes = _SHAPE.findall(path.read_text(encoding="utf-8"))
    return mark_safe("".join(shape for shape in shapes if 'stroke="none"' not in shape))
