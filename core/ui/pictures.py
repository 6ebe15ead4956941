"""Small pictures of figures, drawn with attributes: the security policy forbids inline styles."""

from collections.abc import Sequence
from decimal import Decimal
from math import pi

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

PHASES = ("before", "during", "after")
_GAP = 0.5  # between two segments, in parts of a hundred


def bar(
    segments: Sequence[float | Decimal],
    *,
    bad: float | Decimal = 0,
    total: float | Decimal | None = None,
    label: str = "",
    extra: str = "",
) -> SafeString:
    """
    A stacked bar: up to three segments in ink, muted and a third step, `bad` in red at the end.

    `total` is the length of the whole track; without it, the sum. The label says the figures;
    a bar without one is hidden from screen readers, since the words stand beside it.
    """
    parts = [("k-b1", "k-b2", "k-b3")[min(step, 2)] for step in range(len(segments))]
    sizes = [*zip(parts, map(float, segments), strict=True), ("k-bx", float(bad))]
    drawn = [(name, size) for name, size in sizes if size > 0]
    whole = max(float(total) if total is not None else 0.0, sum(size for _name, size in drawn))
    shapes, at = [], 0.0
    for name, size in drawn:
        width = size / whole * 100
        if at:
            shapes.append(("k-gap", f"{at - _GAP / 2:.2f}", f"{_GAP}"))
        shapes.append((name, f"{at:.2f}", f"{width:.2f}"))
        at += width
    # Gaps last, so that they lie over both neighbours
    shapes.sort(key=lambda shape: shape[0] == "k-gap")
    return format_html(
        '<svg class="{}" viewBox="0 0 100 8" preserveAspectRatio="none" {}>{}</svg>',
        f"k-bar {extra}".rstrip(),
        _voice(label),
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="8"/>', shapes),
    )


def ring(met: int, total: int, *, phase: str = "", label: str = "") -> SafeString:
    """
    A ring that says how many of a number are met, in the colour of a phase.

    :raises ValueError: no such phase
    """
    if phase and phase not in PHASES:
        raise ValueError(f"“{phase}” is no phase: {', '.join(PHASES)}.")
    length = 2 * pi * 22
    filled = length * min(max(met / total, 0), 1) if total else 0
    names = ["k-ring", *([f"k-{phase}"] if phase else [])]
    if len(f"{met}/{total}") > 4:
        names.append("k-ring-long")
    words = label or _("%(met)s of %(total)s met") % {"met": met, "total": total}
    return format_html(
        '<svg class="{}" viewBox="0 0 52 52" role="img" aria-label="{}">'
        '<circle cx="26" cy="26" r="22"/>'
        '<circle class="k-arc" cx="26" cy="26" r="22" stroke-dasharray="{} {}"'
        ' transform="rotate(-90 26 26)"/><text x="26" y="31">{}/{}</text></svg>',
        " ".join(names),
        words,
        f"{filled:.1f}",
        f"{length - filled:.1f}",
        met,
        total,
    )


def _voice(label: str) -> SafeString:
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return mark_safe('aria-hidden="true"')
