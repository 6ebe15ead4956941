"""A letter is whole in each language: every string that it shows is in the catalogue."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import _trans, override, trans_real

from core.ui.figures import day, money, percent, short_money
from events.packets.comp.rules.comp import Draw, DrawKind, Measure, Reconciled, SplitShare
from events.packets.comp.rules.payout import Basis, Pays, Plan, Threshold
from events.packets.delivery.rules import words
from events.packets.delivery.rules.rows import DEFAULT_BANDS
from events.packets.letters.rendering import facts, languages, samples
from events.packets.letters.rendering.languages import language_of, terms_in
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import Signature
from events.packets.quotas.rules.quota import Period, Quota
from events.packets.territories.rules.territory import Territory
from events.tests.factories import packet_content
from events.tests.packets.letters.test_letter import rich_content
from events.tests.packets.letters.times import AT

OTHERS = [code for code, _name in settings.LETTER_LANGUAGES if code != settings.LANGUAGE_CODE]
CURVE = Plan(
    Basis.PAYOUT_CURVE, points=((D(0), D(0)), (D(1), D(1)), (D(2), D(3))), cap=D(2),
    threshold=Threshold(D("0.4"), Pays.ABOVE_THRESHOLD),
)  # fmt: skip


def contents():
    """Packets that between them show every sentence."""
    plain = packet_content()
    month = [
        Period(date(2027, m, 1), date(2027, m, 28), plain.quota.amount / 9) for m in range(1, 10)
    ]
    yield plain
    yield rich_content()
    yield replace(
        packet_content(
            plan=Plan(Basis.TV_MULTIPLIER, bands=DEFAULT_BANDS, threshold=Threshold(D("0.4")))
        ),
        quota=Quota(sum(p.amount for p in month), tuple(month)),
        territory=Territory(),
    )
    comp = packet_content(measures=(Measure("", D(1), CURVE),)).comp
    for draw in (
        Draw(DrawKind.NON_RECOVERABLE, D(900), 1, Reconciled.MONTHLY),
        Draw(DrawKind.RECOVERABLE, D(900), 2, Reconciled.YEARLY),
    ):
        yield replace(plain, comp=replace(comp, draw=draw, clawback_months=1))
    for share in ("0.3", "0.7"):
        splits = (SplitShare("AE", D("0.7")), SplitShare("SE", D(share)))
        yield replace(plain, comp=replace(comp, splits=splits))


@pytest.fixture
def missed(monkeypatch):
    """What is asked for and stands in no catalogue of the language that is active."""
    found = set()
    gettext, ngettext = trans_real.gettext, trans_real.ngettext

    def known(key):
        catalogue = trans_real.translation(trans_real.get_language())._catalog
        return key in catalogue

    def asked(text):
        if text and trans_real.get_language() in OTHERS and not known(text):
            found.add(text)
        return gettext(text)

    def asked_plural(one, many, n):
        if trans_real.get_language() in OTHERS and not known((one, 0)):
            found.add(one)
        return ngettext(one, many, n)

    monkeypatch.setattr(_trans, "gettext", asked, raising=False)
    monkeypatch.setattr(_trans, "ngettext", asked_plural, raising=False)
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_a_letter_is_in_the_catalogue(language, missed, a_letter):
    before = None
    for content in contents():
        with override(language):
            said = words.changes(before, content) if before else []
            letter = a_letter(
                content=content,
                language=language,
                changes=said,
                signature=Signature("A", "B"),
                brand=Brand(1, footer="x"),
            )
            for one in (letter, replace(letter, released_date=None, signature=None)):
                render_to_string("events/packets/letters/letter.html", facts.of_letter(one, AT))
                render_to_string("events/packets/letters/terms.html", facts.of_terms(one))
            samples.sample_letter("X", "FY28", Brand(), language)
        before = content

    assert missed == set()


@pytest.mark.parametrize("language", OTHERS)
def test_the_terms_are_in_the_language_where_all_of_them_are(language, monkeypatch):
    assert terms_in("2027.1", language).language == language

    whole = languages.clauses
    new = SimpleNamespace(title="New", text="Only in one language")
    monkeypatch.setattr(languages, "clauses", lambda edition: (*whole(edition)[:-1], new))
    assert terms_in("2027.1", language).language == settings.LANGUAGE_CODE


def test_a_language_that_letters_do_not_have_is_the_companys():
    assert [language_of(code) for code in ("de", "", "xx")] == ["de", "en", "en"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["€1,234.50", "€25k", "54%", "Mon 1 March 2027", "−€5", "3 JPY"]),
        ("de", ["1.234,50 €", "25 Tsd. €", "54 %", "Mo, 1. März 2027", "−5 €", "3 JPY"]),
        ("fr", ["1 234,50 €", "25 k €", "54 %", "lun 1 mars 2027", "−5 €", "3 JPY"]),
    ],
)
def test_figures_are_written_as_the_language_does(language, written):
    with override(language):
        found = [
            money(D("1234.5"), "EUR"),
            short_money(D(25000), "EUR"),
            percent(D("0.54")),
            day(date(2027, 3, 1), "long"),
            money(D(-5), "EUR"),
            money(D(3), "JPY"),
        ]

    spaces = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
    assert [text.translate(spaces).lower() for text in found] == [text.lower() for text in written]


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_as_new_as_its_text(language):
    folder = settings.BASE_DIR / "locale" / language / "LC_MESSAGES"
    text = (folder / "django.po").read_text("utf-8")
    with override(language):
        catalogue = trans_real.translation(language)._catalog

    blocks = text.split("\n\n")[1:]
    assert len(blocks) > 50
    for block in blocks:
        lines = dict(line.split(" ", 1) for line in block.splitlines() if line.startswith("msg"))
        if "msgstr" in lines:
            said = lines["msgstr"].strip('"').replace('\\"', '"')
            assert said
            assert catalogue[lines["msgid"].strip('"').replace('\\"', '"')] == said


def test_pages_stay_in_english():
    assert [code for code, _name in settings.LANGUAGES] == ["en"]
