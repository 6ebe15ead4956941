"""
Every territory as a column, the largest first, over the band that counts as even.

Drawn twice, for a desk and for a phone, so that its words keep their size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.folding import alphabetical
from core.ui.geometry import Frame, nice_ticks
from events.packets.territories.rules.balance import EVEN_WITHIN, AgainstMean, Balance

_TOP, _BOTTOM, _RIGHT = 24.0, 22.0, 8.0
_GAP = 0.25  # of a column's width
_WIDEST = 40.0


@dataclass(frozen=True, slots=True)
class Column:
    """One territory; its name is read out with its figure where it is an outlier."""

    name: str
    against_mean: AgainstMean


def columns(
    named: Sequence[Column],
    balance: Balance,
    write: Callable[[float], str],
    alt: str,
) -> SafeString:
    """The picture; `write` says a figure on the axis, `alt` is the finding in words."""
    ordered = sorted(named, key=lambda each: (-each.against_mean.value, alphabetical(each.name)))
    wide = _drawn(ordered, balance, write, alt, (980, 240), "k-balance-wide k-only-wide")
    narrow = _drawn(ordered, balance, write, alt, (350, 220), "k-chart-narrow k-only-narrow")
    return wide + narrow


def _drawn(
    ordered: Sequence[Column],
    balance: Balance,
    write: Callable[[float], str],
    alt: str,
    size: tuple[int, int],
    extra: str,
) -> SafeString:
    width, height = size
    mean = float(balance.mean)
    even = float(EVEN_WITHIN)
    highest = max(max(float(each.against_mean.value) for each in ordered), mean * (1 + even))
    marks = nice_ticks(0, highest, 4)
    left = 12 + 6.6 * max(len(write(mark)) for mark in marks)
    right, bottom = width - _RIGHT, height - _BOTTOM
    y = Frame(left, right, _TOP, bottom, y_to=marks[-1] or 1).y
    step = min((right - left) / len(ordered), _WIDEST)
    bars = (
        (
            _class(each.against_mean),
            f"{left + step * (place + _GAP / 2):.1f}",
            f"{y(float(each.against_mean.value)):.1f}",
            f"{step * (1 - _GAP):.1f}",
            f"{max(bottom - y(float(each.against_mean.value)), 0.5):.1f}",
        )
        for place, each in enumerate(ordered)
    )
    parts = [
        format_html(
            '<rect class="k-even-band" x="{}" y="{}" width="{}" height="{}"/>',
            f"{left:.1f}",
            f"{y(mean * (1 + even)):.1f}",
            f"{right - left:.1f}",
            f"{y(mean * (1 - even)) - y(mean * (1 + even)):.1f}",
        ),
        format_html_join(
            "",
            '<line class="k-grid-line" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
            '<text x="{3}" y="{4}" text-anchor="end">{5}</text>',
            (
                (
                    f"{left:.1f}",
                    f"{right:.1f}",
                    f"{y(mark):.1f}",
                    f"{left - 6:.1f}",
                    f"{y(mark) + 4:.1f}",
                    write(mark),
                )
                for mark in marks
            ),
        ),
        format_html_join(
            "", '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>', bars
        ),
        format_html(
            '<line class="k-mean-line" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
            '<text class="k-lab" x="{1}" y="{3}" text-anchor="end">{4}</text>',
            f"{left:.1f}",
            f"{right:.1f}",
            f"{y(mean):.1f}",
            f"{y(mean * (1 + even)) - 6:.1f}",
            _("mean %(mean)s, and 20%% around it") % {"mean": write(mean)},
        ),
        format_html(
            '<text x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
            f"{left:.1f}",
            height - 6,
            _("largest"),
            f"{left + step * len(ordered):.1f}",
            height - 6,
            _("smallest") if len(ordered) > 2 else "",
        ),
    ]
    return format_html(
        '<svg class="k-chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        extra,
        width,
        height,
        alt,
        mark_safe("".join(parts)),
    )


def _class(against_mean: AgainstMean) -> str:
    if against_mean.is_outlier:
        return "k-outlier"
    return "k-uneven" if against_mean.is_uneven else "k-even"
