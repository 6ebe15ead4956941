"""What the kit and the typeface are cut down to."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from core.ui.cutting import classes_of, cut_styles
from core.ui.vendor import TABLER, VENDORED

KIT = (settings.BASE_DIR / "node_modules" / TABLER).read_text()


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{color:red}", "a{color:red}"),
        (".used{color:red}.not{color:red}", ".used{color:red}"),
        (".used,.not{color:red}", ".used{color:red}"),
        (".used.not,.not .used{color:red}", ""),
        (".used:not(.not),:is(.not,b){color:red}", ".used:not(.not),:is(.not,b){color:red}"),
        ("@media print{.used{color:red}.not{color:red}}", "@media print{.used{color:red}}"),
        ("@media print{.not{color:red}}", ""),
        ("@keyframes not{to{color:red}}", "@keyframes not{to{color:red}}"),
        ("/*! MIT */a{color:red}/* more */", "/*! MIT */a{color:red}"),
        (".used{--a:var(--b);--b:1}", ""),
        (".used{--a:var(--b);--b:1;top:var(--a)}", ".used{--a:var(--b);--b:1;top:var(--a)}"),
        (".used{--ours:1;--nobodys:1}", ".used{--ours:1}"),
        ('a{background:url("data:a;b,{}")}', 'a{background:url("data:a;b,{}")}'),
    ],
)
def test_of_a_style_sheet_stays_what_is_used(css, kept):
    assert cut_styles(css, {"used"}, besides=".x{top:var(--ours)}") == kept


def test_the_kit_has_each_class_that_a_template_names():
    known, cut = classes_of(KIT), _file("vendor/tabler.min.css").read_text()
    named = {
        name
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
        for said in re.findall(r'class="([^"]*)"', template.read_text())
        for name in re.split(r"[\s{}%'\"]+", said)
    }

    assert {"btn", "visually-hidden"} <= named & known
    assert named & known - classes_of(cut) == set()


def test_the_kit_keeps_its_licence_and_a_tenth_of_its_size():
    cut = _file("vendor/tabler.min.css").read_text()

    assert "Licensed under MIT" in cut
    assert len(cut) < len(KIT) / 8


@pytest.mark.parametrize("path", [path for path in VENDORED if path.endswith(".woff2")])
def test_the_typeface_has_each_letter_weight_and_width_that_the_styles_name(path):
    made, whole = TTFont(_file(path)), TTFont(settings.BASE_DIR / "node_modules" / VENDORED[path])
    tokens = _file("core/ui/tokens.css").read_text()
    said = next(line for line in tokens.splitlines() if path in line)
    axes = {axis.axisTag: f"{axis.minValue:g} {axis.maxValue:g}" for axis in made["fvar"].axes}

    assert set(made.getBestCmap()) >= _range_of(said) & set(whole.getBestCmap())
    assert f"font-weight: {axes['wght']};" in said
    assert f"font-stretch: {axes['wdth'].replace(' ', '% ')}%;" in said


@pytest.mark.parametrize("weight", [400, 500, 600, 680, 720])
def test_the_lighter_typeface_looks_as_the_whole_one(weight):
    path = "vendor/archivo-latin-wdth-normal.woff2"
    ours, whole = TTFont(_file(path)), TTFont(settings.BASE_DIR / "node_modules" / VENDORED[path])
    at = {"wght": weight, "wdth": 112}

    for code, letter in ours.getBestCmap().items():
        width, drawn = _drawn(ours, letter, at)
        whole_width, meant = _drawn(whole, whole.getBestCmap()[code], at)
        assert width == pytest.approx(whole_width, abs=1.5), letter
        assert drawn == pytest.approx(meant, abs=20), letter  # thousandths of its size


def test_no_style_asks_for_a_weight_that_was_cut_away():
    asked = {
        int(weight)
        for sheet in (settings.BASE_DIR / "static").rglob("*.css")
        for weight in re.findall(r"font-weight: (\d+);", sheet.read_text())
    }

    assert min(asked) >= 400
    assert max(asked) <= 720


def _drawn(font, letter, at):
    """How wide a letter is, and the points of its outline one after another."""
    glyph, pen = font.getGlyphSet(location=at)[letter], RecordingPen()
    glyph.draw(pen)
    return glyph.width, [by for _how, points in pen.value for point in points for by in point]


def _file(path):
    return settings.BASE_DIR / finders.find(path)


def _range_of(face):
    found = re.search(r"unicode-range: ([^;]+);", face).group(1)
    pairs = (one.removeprefix("U+").partition("-") for one in found.split(", "))
    return {
        code
        for first, _, last in pairs
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }
