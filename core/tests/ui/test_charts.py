import re

import pytest

from core.ui.charts import Bar, BarsChart, LineChart, Point, Tick
from core.ui.drawings import bars_chart, line_chart
from core.ui.geometry import nice_ticks


def chart(**changes):
    given = {
        "title": "Knowledge fell, then held",
        "unit": "Average score.",
        "points": [Point(0, 82, "82%"), Point(30, 74, "74%"), Point(90, 69, "69%", mine=True)],
        "ticks": [Tick(0, "Day 0", "n = 148"), Tick(90, "Day 90", "n = 127")],
        "heads": ("Day", "Score"),
        "rows": (("0", "82%"), ("90", "69%")),
    }
    return LineChart(**(given | changes))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 106_400, [0, 25_000, 50_000, 75_000, 100_000, 125_000]),
        (30, 90, [20, 40, 60, 80, 100]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (-5, 5, [-6, -4, -2, 0, 2, 4, 6]),
        (0, 0.07, [0, 0.02, 0.04, 0.06, 0.08]),
    ],
)
def test_axes_have_round_numbers(low, high, ticks):
    assert nice_ticks(low, high, 5 if high != 90 else 4) == ticks


def test_a_curve_says_its_finding_and_its_figures():
    html = line_chart(chart())

    assert '<h2 class="k-finding-title">Knowledge fell, then held</h2>' in html
    assert "<summary>Figures as a table</summary>" in html
    assert '<td class="k-num">69%</td>' in html
    assert html.count('class="k-mine"') == 2  # for a desk and for a phone


def test_everything_of_a_curve_is_on_the_drawing():
    html = line_chart(chart(small=True, curve=[(0, 0), (40, 0), (40, 50), (90, 150)]))
    places = [
        float(n) for pair in re.findall(r'points="([^"]*)"', html) for n in re.split("[ ,]", pair)
    ]

    assert "NaN" not in html
    assert all(0 <= x <= 380 for x in places[::2])
    assert all(0 <= y <= 200 for y in places[1::2])


def test_a_curve_of_equal_points_is_drawn():
    assert "nan" not in line_chart(chart(points=[Point(0, 5), Point(0, 5)], ticks=[]))


@pytest.mark.parametrize("changes", [{"points": [Point(0, 1)]}, {"rows": ()}, {"heads": ()}])
def test_a_curve_without_corners_or_table_is_refused(changes):
    with pytest.raises(ValueError, match="A c"):
        chart(**changes)


def test_words_of_a_chart_are_escaped():
    attack = '<script>"'
    html = line_chart(
        chart(title=attack, unit=attack, alt=attack, x_title=attack, rows=((attack, attack),))
    )

    assert "<script>" not in html


def test_bars_are_a_table_of_their_own():
    html = bars_chart(
        BarsChart("118 of 160 stayed", "", [Bar("Invited", 160, "160"), Bar("Left", 42, "42")],
                  ("Step", "People"))
    )  # fmt: skip

    assert '<th scope="row">Invited</th>' in html
    assert 'width="26.25"' in html


def test_a_chart_of_no_bars_is_an_empty_table():
    assert "<tbody></tbody>" in bars_chart(BarsChart("Nobody yet", "", [], ("Step", "People")))
