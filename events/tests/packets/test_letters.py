"""The letter: its text, its pages, and that it fetches nothing."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from events.packets.rules.content import Identity, Territory, hash_of, to_payload
from events.packets.rules.letters import Letter, Signature, facts_of, render_letter
from events.packets.rules.typesetting import Nowhere
from events.tests.factories import packet_content


def a_letter(**changes):
    content = changes.pop("content", packet_content())
    fields = {
        "kickoff_name": "One Motion FY28",
        "fiscal_year": "FY28",
        "number": 2,
        "content": content,
        "content_hash": hash_of(to_payload(content, salt="x")),
        "released_date": date(2027, 1, 12),
        "released_by": "Mateusz Wiśniewski",
        "replaces": 1,
        "changes": ["The quota went from €940,000 to €900,000."],
    }
    return Letter(**{**fields, **changes})


def text_of(letter):
    return render_to_string("events/packets/letter.html", facts_of(letter))


def test_a_letter_says_who_what_changed_and_the_figures_with_their_currency():
    text = text_of(a_letter())

    for part in (
        "Aïcha Benyahia",
        "Your FY28 packet",
        "What changed since version 1:",
        "€900,000",
        "€84,000",
        "€140,000",
        "60% to 40%",
        "Mar–May",
        "Marsanne Logistique",
        "Terms, edition 2027.1",
        "Mon 1 March 2027",
        a_letter().content_hash,
    ):
        assert part in text
    assert 'class="draft"' not in text


def test_a_draft_is_marked_on_every_page_and_says_so_at_the_foot():
    text = text_of(a_letter(released_date=None))

    assert 'class="draft"' in text
    assert "Draft, not released." in text


def test_a_signed_letter_shows_the_signature():
    signed = a_letter(signature=Signature("Aicha Benyahia", "Tue 12 Jan, 10:06 WET"))

    assert "Signed by typed name, Tue 12 Jan, 10:06 WET" in text_of(signed)


def test_long_figures_are_set_smaller():
    yen = packet_content(currency="JPY", quota="138000000")

    assert 'class="figures long"' in text_of(a_letter(content=yen))
    assert 'class="figures"' in text_of(a_letter())


@pytest.mark.parametrize("address", ["http://example.com/a.png", "file:///etc/passwd", "latin", ""])
def test_a_letter_fetches_nothing(address):
    with pytest.raises(ValueError, match="fetches nothing"):
        Nowhere().fetch(address)


def test_what_people_wrote_into_a_territory_neither_runs_nor_fetches():
    nasty = '<img src="http://169.254.169.254/"><link rel="attachment" href="file:///etc/passwd">'
    content = packet_content(
        territory=Territory(nasty, nasty, (nasty,)), identity=Identity(nasty, nasty)
    )

    assert "<img" not in text_of(a_letter(content=content))
    assert b"/EmbeddedFile" not in render_letter(a_letter(content=content))


def test_a_thousand_accounts_still_make_a_letter():
    many = tuple(f"Account number {number}" for number in range(1000))

    pdf = render_letter(a_letter(content=packet_content(territory=Territory("", "", many))))

    assert pdf.startswith(b"%PDF-")
