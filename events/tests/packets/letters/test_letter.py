"""What a letter says, that it says all of it, and that it fetches nothing."""

import dataclasses
from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from pyhanko.pdf_utils.reader import PdfFileReader

from events.packets.comp.rules.comp import Draw, DrawKind, Measure, Reconciled, Spif, SplitShare
from events.packets.comp.rules.payout import Basis, Plan
from events.packets.delivery.rules.content import FullYear, Identity
from events.packets.delivery.rules.rows import DEFAULT_BANDS
from events.packets.letters.rendering import facts
from events.packets.letters.rendering.render import render_letter
from events.packets.letters.rendering.typesetting import Nowhere
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import Signature, key_of
from events.packets.quotas.rules.quota import Period, Quota
from events.packets.territories.rules.territory import Territory
from events.tests.factories import packet_content
from events.tests.packets.letters.pictures import PNG
from events.tests.packets.letters.times import AT

PLAN = Plan(Basis.TV_MULTIPLIER, bands=DEFAULT_BANDS)


def text_of(letter):
    with override(letter.language):
        return render_to_string("events/packets/letters/letter.html", facts.of_letter(letter, AT))


def rich_content(**changes):
    """A packet with everything that one may hold: 3 measures, SPIF, draw, clawback, exclusions."""
    content = packet_content(
        measures=(
            Measure("New business", D("0.7"), PLAN),
            Measure("Renewals", D("0.2"), PLAN, target=D(400000)),
            Measure("Services", D("0.1"), PLAN, target=D(50000)),
        )
    )
    comp = dataclasses.replace(
        content.comp,
        spifs=(Spif("Cold start", "Two pilots", D(1500), date(2027, 3, 1), date(2027, 5, 31)),),
        draw=Draw(DrawKind.RECOVERABLE, D(2000), 6, Reconciled.QUARTERLY),
        clawback_months=9,
    )
    territory = Territory("France", "", ("Marsanne",), ("Halle aux Vins", "Nordlys"))
    year = FullYear(275, 365, D(1200000), D(112000), D(75000))
    return dataclasses.replace(content, comp=comp, territory=territory, full_year=year, **changes)


def test_a_letter_says_who_what_changed_and_the_figures_with_their_currency(a_letter):
    text = text_of(a_letter())

    for part in (
        "Aïcha Benyahia",
        "Your FY28 packet",
        "What changed since version 1",
        "€900,000",
        "€84,000",
        "€140,000",
        "60% to 40%",
        "Mar–May",
        "Marsanne Logistique",
        "Mon 1 March 2027",
        a_letter().content_hash,
        "Mateusz Wiśniewski",
        "For Meridane, Tue 12 January 2027",
    ):
        assert part in text
    assert 'class="draft"' not in text


def test_a_letter_says_all_measures_incentives_draw_clawback_and_exclusions(a_letter):
    text = text_of(a_letter(content=rich_content()))

    for part in (
        "New business", "Renewals", "Services", "70%", "€400,000", "€39,200",
        "Cold start", "Two pilots", "€1,500", "Mon 1 Mar 2027 to Mon 31 May 2027",
        "A recoverable draw", "€2,000", "first 6 months", "end of each quarter",
        "within 9 months", "Not in your territory", "Halle aux Vins",
        "275 of the 365 days", "€1,200,000",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("overlay", "says"),
    [("0.3", "its credit is parted: AE 70%, Overlay 30%."),
     ("0.7", "credited beside the others, 140% in all: AE 70%, Overlay 70%.")],
)  # fmt: skip
def test_a_letter_says_how_a_shared_deal_is_credited(a_letter, overlay, says):
    content = packet_content()
    splits = (SplitShare("AE", D("0.7")), SplitShare("Overlay", D(overlay)))
    comp = dataclasses.replace(content.comp, splits=splits)

    assert says in text_of(a_letter(content=dataclasses.replace(content, comp=comp)))


def test_a_draw_that_is_kept_says_so(a_letter):
    comp = dataclasses.replace(
        packet_content().comp, draw=Draw(DrawKind.NON_RECOVERABLE, D(2000), 1)
    )
    content = dataclasses.replace(packet_content(), comp=comp)

    text = text_of(a_letter(content=content))

    assert "A draw that is yours to keep" in text
    assert "in the first month" in text


def test_what_a_packet_does_not_hold_is_not_spoken_of(a_letter):
    text = text_of(a_letter(changes=[], replaces=None))

    for absent in (
        "Special incentives",
        "draw",
        "cancels",
        "Not in your territory",
        "What changed",
    ):
        assert absent not in text


@pytest.mark.parametrize(("months", "title", "rows"), [(1, "by month", 12), (3, "by quarter", 4)])
def test_a_quota_may_have_months_or_quarters(a_letter, months, title, rows):
    starts = [date(2027, month, 1) for month in range(1, 13, months)]
    ends = [date(2027, month + months - 1, 28) for month in range(1, 13, months)]
    periods = tuple(Period(s, e, D(900000) / rows) for s, e in zip(starts, ends, strict=True))
    content = dataclasses.replace(packet_content(), quota=Quota(D(900000), periods))

    text = text_of(a_letter(content=content))

    assert f"Quota {title}" in text
    assert text.count('<th scope="row" class="period">') == rows + 1


def test_a_draft_is_marked_on_every_page_and_says_so_at_the_foot(a_letter):
    text = text_of(a_letter(released_date=None, employer=None))

    assert 'class="draft"' in text
    assert "Draft, not released." in text
    assert "sealed" not in text


def test_a_signed_letter_shows_the_signature(a_letter):
    signed = a_letter(signature=Signature("Aicha Benyahia", "Receipt signed, Tue 12 Jan"))

    assert "Receipt signed, Tue 12 Jan" in text_of(signed)
    assert signed.kind == "signed copy"


def test_long_figures_are_set_smaller(a_letter):
    yen = packet_content(currency="JPY", quota="138000000")

    assert 'class="figures long"' in text_of(a_letter(content=yen))
    assert 'class="figures"' in text_of(a_letter())


def test_the_company_look_and_words_are_in_the_letter(a_letter):
    brand = Brand(
        1, "#331122", "#aa1144", PNG, "Dear <all>,\n\nwelcome.", "With thanks", "Meridane SA"
    )

    text = text_of(a_letter(brand=brand))

    assert f'src="logo:{brand.logo_name}"' in text
    assert "Dear &lt;all&gt;," in text
    assert "With thanks" in text
    assert "Meridane SA" in text
    assert render_letter(a_letter(brand=brand), at=AT).pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address",
    ["http://example.com/a.png", "file:///etc/passwd", "latin", "", "typeface:../x", "logo:",
     "typeface:text/../../x", "logo:abc"],
)  # fmt: skip
def test_a_letter_fetches_nothing(address):
    with pytest.raises(ValueError, match="fetches nothing"):
        Nowhere().fetch(address)


def test_what_people_wrote_into_a_packet_neither_runs_nor_fetches(a_letter):
    nasty = '<img src="http://169.254.169.254/"><link rel="attachment" href="file:///etc/passwd">'
    territory = Territory(nasty, nasty, (nasty,), (nasty,))
    content = packet_content(territory=territory, identity=Identity(nasty, nasty))
    letter = a_letter(content=content, brand=Brand(1, opening=nasty, closing=nasty, footer=nasty))

    assert "<img" not in text_of(letter)
    # The one file inside is ours
    assert render_letter(letter, at=AT).pdf.count(b"/EmbeddedFile") <= 2


@pytest.mark.long
def test_a_thousand_accounts_still_make_a_letter(a_letter):
    many = tuple(f"Account number {number}" for number in range(1000))

    made = render_letter(a_letter(content=packet_content(territory=Territory("", "", many))), at=AT)

    assert made.pdf.startswith(b"%PDF-")
    assert made.pages > 5


def test_a_normal_letter_has_three_pages_and_one_with_everything_four_at_most(a_letter):
    assert render_letter(a_letter(), at=AT).pages == 3
    assert render_letter(a_letter(content=rich_content()), at=AT).pages <= 4


def test_the_same_content_has_the_same_key_and_another_of_anything_another():
    same = {"content_hash": "a" * 64, "kind": "LETTER", "language": "en", "brand_edition": 1}
    others = [
        {**same, "content_hash": "b" * 64},
        {**same, "kind": "SIGNED_COPY"},
        {**same, "language": "de"},
        {**same, "brand_edition": 2},
    ]

    assert key_of(**same) == key_of(**same)
    assert len({key_of(**one) for one in [same, *others]}) == 5


def test_an_emoji_in_a_name_is_drawn_by_a_typeface_that_has_it(a_letter):
    plain, merry = (
        render_letter(a_letter(content=dataclasses.replace(packet_content(), identity=who)), at=AT)
        for who in (Identity("Bo Ek"), Identity("Bo 🎉 Ek 👩‍🚀", "AE 🚀", "Ann ☕"))
    )

    assert "Noto-Color-Emoji" not in _fonts(plain.pdf)
    assert "Noto-Color-Emoji" in _fonts(merry.pdf)
    assert _fonts(merry.pdf) - _fonts(plain.pdf) == {"Noto-Color-Emoji"}


def _fonts(pdf):
    """The typefaces in a file, without the mark of each cut-out."""
    reader = PdfFileReader(BytesIO(pdf))
    found = set()
    for number in range(reader.root["/Pages"]["/Count"]):
        page = reader.find_page_for_modification(number)[0].get_object()
        fonts = page["/Resources"]["/Font"]
        found |= {fonts[name]["/BaseFont"].partition("+")[2] for name in fonts}
    return found
