"""
Charts as SVG with attributes, since the security policy forbids inline styles.

A wide one is drawn twice, for a desk and for a phone, so that its words keep their size.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.ui.charts import BarsChart, LineChart
from core.ui.geometry import Frame, nice_ticks
from core.ui.pictures import bar


def line_chart(chart: LineChart, level: int = 2) -> SafeString:
    """The whole figure: finding, unit, picture, table."""
    if chart.small:
        picture = line_picture(chart, 380, 200, "k-chart-small")
    else:
        picture = line_picture(chart, 720, 300, "k-chart-wide k-only-wide") + line_picture(
            chart, 350, 280, "k-chart-narrow k-only-narrow"
        )
    return format_html(
        '<figure class="k-picture">{}{}{}</figure>',
        _caption(chart.title, chart.unit, level),
        picture,
        _table(chart.heads, chart.rows),
    )


def bars_chart(chart: BarsChart, level: int = 2) -> SafeString:
    """The whole figure: finding, unit, a row a bar."""
    longest = max([float(one.value) for one in chart.bars], default=0)
    total = float(chart.total) if chart.total is not None else longest
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td class="k-num">{} {}</td></tr>',
        (
            (
                one.label,
                bar([], bad=one.value, total=total or 1)
                if one.bad
                else bar([one.value], total=total or 1),
                one.text,
                format_html("<small>{}</small>", one.note) if one.note else "",
            )
            for one in chart.bars
        ),
    )
    return format_html(
        '<figure class="k-picture">{}<table class="k-cover k-bars"><thead><tr>'
        '<th scope="col">{}</th><th scope="col"><span class="visually-hidden">{}</span></th>'
        '<th scope="col" class="k-num">{}</th></tr></thead><tbody>{}</tbody></table></figure>',
        _caption(chart.title, chart.unit, level),
        chart.heads[0],
        _("Picture"),
        chart.heads[1],
        rows,
    )


def line_picture(
    chart: LineChart, width: int, height: int, extra: str = "", ink: str = ""
) -> SafeString:
    """
    The picture alone, for a page that says its finding and its figures itself.

    On paper there is no style sheet of ours: `ink` holds its rules, and the words are its title.
    """
    marks = _y_marks(chart, about=6 if height > 240 else 4)
    frame = _frame(chart, marks, width, height)
    parts = [
        *_grid(chart, marks, frame),
        *_x_axis(chart, frame),
        *_area(chart, frame),
        *_base(chart, frame),
        format_html(
            '<polyline class="k-line" points="{}"/>',
            " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in chart.corners),
        ),
        *_points(chart, frame),
    ]
    words = chart.alt or chart.title
    on_paper = format_html("<title>{}</title><style>{}</style>", words, ink) if ink else ""
    return format_html(
        '<svg class="k-chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        extra,
        width,
        height,
        words,
        on_paper,
        mark_safe("".join(parts)),
    )


def _y_marks(chart: LineChart, about: int) -> list[float]:
    heights = [y for _x, y in chart.corners]
    heights += [
        float(end) for point in chart.points for end in (point.low, point.high) if end is not None
    ]
    if chart.base:
        heights.append(float(chart.base[0]))
    low = float(chart.y_from) if chart.y_from is not None else min(heights)
    high = float(chart.y_to) if chart.y_to is not None else max(heights)
    return nice_ticks(low, high, about)


def _frame(chart: LineChart, marks: Sequence[float], width: int, height: int) -> Frame:
    places = [x for x, _y in chart.corners] + [float(tick.x) for tick in chart.ticks]
    longest = max(len(chart.y_format(mark)) for mark in marks)
    under = 22 + (16 if any(tick.note for tick in chart.ticks) else 0)
    under += 14 if chart.x_title else 0
    room = 0 if len(chart.curve) else 20  # points that are days stand apart from the axis
    left = 14 + 6.6 * longest
    return Frame(
        left=left + room,
        right=width - 16 - room,
        top=22,
        bottom=height - under,
        x_from=min(places),
        x_to=max(places) if max(places) > min(places) else min(places) + 1,
        y_from=marks[0],
        y_to=marks[-1],
    )


def _grid(chart: LineChart, marks: Sequence[float], frame: Frame) -> list[SafeString]:
    room = 0 if len(chart.curve) else 20
    start = frame.left - room
    return [
        format_html(
            '<line class="k-grid-line" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text x="{}" y="{}" text-anchor="end">{}</text>',
            f"{start:.1f}",
            f"{frame.right + room:.1f}",
            f"{frame.y(mark):.1f}",
            f"{frame.y(mark):.1f}",
            f"{start - 8:.1f}",
            f"{frame.y(mark) + 4:.1f}",
            chart.y_format(mark),
        )
        for mark in marks
    ]


def _x_axis(chart: LineChart, frame: Frame) -> list[SafeString]:
    parts = []
    for tick in chart.ticks:
        at = f"{frame.x(float(tick.x)):.1f}"
        parts.append(
            format_html(
                '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
                "k-lab" if tick.note else "",
                at,
                f"{frame.bottom + 18:.1f}",
                tick.label,
            )
        )
        if tick.note:
            parts.append(
                format_html(
                    '<text x="{}" y="{}" text-anchor="middle">{}</text>',
                    at,
                    f"{frame.bottom + 34:.1f}",
                    tick.note,
                )
            )
    if chart.x_title:
        parts.append(
            format_html(
                '<text x="{}" y="{}" text-anchor="middle">{}</text>',
                f"{(frame.left + frame.right) / 2:.1f}",
                f"{frame.bottom + (48 if any(t.note for t in chart.ticks) else 33):.1f}",
                chart.x_title,
            )
        )
    return parts


def _area(chart: LineChart, frame: Frame) -> list[SafeString]:
    known = [
        (frame.x(float(point.x)), frame.y(float(point.low)), frame.y(float(point.high)))
        for point in chart.points
        if point.low is not None and point.high is not None
    ]
    if len(known) < 2:
        return []
    upper = [f"{x:.1f},{high:.1f}" for x, _low, high in known]
    lower = [f"{x:.1f},{low:.1f}" for x, low, _high in reversed(known)]
    return [format_html('<polygon class="k-area" points="{}"/>', " ".join(upper + lower))]


def _base(chart: LineChart, frame: Frame) -> list[SafeString]:
    if not chart.base:
        return []
    value, words = chart.base
    height = frame.y(float(value))
    return [
        format_html(
            '<line class="k-line-2" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text x="{}" y="{}" text-anchor="end">{}</text>',
            f"{frame.left:.1f}",
            f"{frame.right:.1f}",
            f"{height:.1f}",
            f"{height:.1f}",
            f"{frame.right:.1f}",
            f"{height - 7:.1f}",
            words,
        )
    ]


def _points(chart: LineChart, frame: Frame) -> list[SafeString]:
    parts = []
    last = len(chart.points) - 1
    for place, point in enumerate(chart.points):
        x, y = frame.x(float(point.x)), frame.y(float(point.y))
        if point.low is not None and point.high is not None:
            parts.append(
                format_html(
                    '<line class="k-whisker" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>',
                    f"{x:.1f}",
                    f"{frame.y(float(point.low)):.1f}",
                    f"{frame.y(float(point.high)):.1f}",
                )
            )
        parts.append(
            format_html(
                '<circle class="{}" cx="{}" cy="{}" r="5"/>',
                "k-mine" if point.mine else "k-point",
                f"{x:.1f}",
                f"{y:.1f}",
            )
        )
        if point.label:
            # Beside the line, never on it: above where it falls, below where it rises
            other = chart.points[place - 1 if place == last and last else min(place + 1, last)]
            rises = (float(point.y) >= float(other.y)) == (place == last) and last > 0
            side = -1 if place == last and last else 1
            down = (rises if side == 1 else not rises) and y + 18 < frame.bottom
            parts.append(
                format_html(
                    '<text class="k-val" x="{}" y="{}" text-anchor="{}">{}</text>',
                    f"{x + side * 10:.1f}",
                    f"{y + (18 if down else -9):.1f}",
                    "start" if side == 1 else "end",
                    point.label,
                )
            )
    return parts


def _caption(title: str, unit: str, level: int) -> SafeString:
    if level not in (2, 3, 4):
        raise ValueError("A chart's heading is of level 2, 3 or 4.")
    return format_html(
        '<figcaption><h{0} class="k-finding-title">{1}</h{0}>{2}</figcaption>',
        level,
        title,
        format_html("<p>{}</p>", unit) if unit else "",
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    return format_html(
        '<details class="k-data"><summary>{}</summary><div class="k-table-wrap"><table'
        ' class="k-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>',
        _("Figures as a table"),
        format_html_join("", '<th scope="col" class="k-num">{}</th>', ((head,) for head in heads)),
        format_html_join(
            "",
            "<tr>{}</tr>",
            (
                (format_html_join("", '<td class="k-num">{}</td>', ((cell,) for cell in row)),)
                for row in rows
            ),
        ),
    )
