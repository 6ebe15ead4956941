"""The look: colours that can be read, pictures that hold nothing but pixels."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from events.packets.letters.forms import BrandForm
from events.packets.letters.rules import brand as rules
from events.packets.letters.rules.brand import Brand, BrandRefused, clean_colour, clean_logo
from events.tests.packets.letters.pictures import PNG, picture


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#0a757b", 5.46)],
)
def test_contrast_is_that_of_wcag(colour, ratio):
    assert rules.contrast_with_white(colour) == pytest.approx(ratio, abs=0.06)


def test_a_colour_that_is_dark_enough_is_kept_in_small_letters():
    assert clean_colour(" #0A757B ", at_least=4.5) == "#0a757b"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#c9f03f", "Too pale"),
        ("#777777", "contrast is 4.4 to 1"),
        ("red", "Write a colour"),
        ("#fff", "Write a colour"),
        ("#12345g", "Write a colour"),
        ("#０a757b", "Write a colour"),
        ("url(x)", "Write a colour"),
    ],
)
def test_a_colour_that_cannot_be_is_refused_in_words(text, said):
    with pytest.raises(BrandRefused, match=said):
        clean_colour(text, at_least=4.5)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew(kind):
    kept = clean_logo(picture(kind))

    with Image.open(BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size, drawn.mode) == ("PNG", (12, 8), "RGB")


def test_what_lies_beside_the_pixels_is_left_behind():
    about = PngImagePlugin.PngInfo()
    about.add_text("secret", "<script>alert(1)</script>")
    made = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(made, "PNG", pnginfo=about)

    kept = clean_logo(made.getvalue() + b"<?php more ?>")

    assert b"script" not in kept
    assert b"php" not in kept
    with Image.open(BytesIO(kept)) as drawn:
        assert drawn.getpixel((0, 0)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller():
    with Image.open(BytesIO(clean_logo(picture(size=(1800, 900))))) as drawn:
        assert drawn.size == (600, 300)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no PNG or JPEG"),
        (b"", "no PNG or JPEG"),
        (PNG[:40], "no PNG or JPEG"),
        (picture("GIF"), "no PNG or JPEG"),
        (picture(size=(2001, 4)), "At most 2000 pixels"),
        (b"x" * (512 * 1024 + 1), "larger than 512 kB"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(data, said):
    with pytest.raises(BrandRefused, match=said):
        clean_logo(data)


def test_a_picture_that_claims_to_be_enormous_is_never_unpacked():
    # The header says 60,000 by 60,000 pixels
    data = bytearray(PNG)
    data[16:24] = (60000).to_bytes(4, "big") * 2
    with pytest.raises(BrandRefused):
        clean_logo(bytes(data))


def form(current=None, **changes):
    data = {"ink": "#12201a", "accent": "#0a757b", **changes}
    return BrandForm(data, current=current or Brand())


def test_the_form_says_what_is_wrong_beside_each_field():
    wrong = form(ink="#eeeeee", accent="nothing", opening="x" * 601, footer="y" * 161)

    assert set(wrong.errors) == {"ink", "accent", "opening", "footer"}


def test_a_logo_is_kept_until_it_is_taken_away():
    current = Brand(2, logo=PNG)
    kept, gone = form(current), form(current, no_logo="on")

    assert kept.is_valid()
    assert gone.is_valid()
    assert (kept.brand.logo, gone.brand.logo) == (PNG, b"")


def test_text_keeps_its_lines_and_a_footer_is_one():
    said = form(opening="One\r\n\r\ntwo ", footer="a\n b")

    assert said.is_valid()
    assert (said.brand.opening, said.brand.footer) == ("One\n\ntwo", "a b")
