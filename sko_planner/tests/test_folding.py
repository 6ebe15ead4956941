import unicodedata

import pytest
from django.db.models import Value

from core.finding import Folded, with_words
from core.folding import alphabetical, fold, matches, words_of
from people.accounts.models import Person
from people.tests.factories import PersonFactory

NAMES = {
    "Łukasz Żółtowski": "lukasz zoltowski",
    "Søren Lindqvist-Ødegaard": "soren lindqvist odegaard",
    "Đặng Thị Mỹ": "dang thi my",
    "IŞIL İnan, ılıca": "isil inan  ilica",
    "STRAẞE, Straße": "strasse  strasse",
    "Æsa Þórðardóttir": "aesa thordardottir",
    "Νίκος ΠΑΠΑΔΟΠΟΥΛΟΣ": "νικοσ παπαδοπουλοσ",
    "Алёна": "алена",
    "O’Brien's": "o brien s",
    "Zoe\u0301": "zoe",
    "Ana＠ＷＩＤＥ": "ana wide",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_folded_as_a_plain_keyboard_writes_it(name):
    assert fold(name) == NAMES[name]


@pytest.mark.django_db
def test_the_database_folds_each_letter_as_python_does():
    PersonFactory()
    scripts = [
        *range(0x20, 0x250),
        *range(0x300, 0x588),
        *range(0x5D0, 0x670),
        *range(0x1E00, 0x2030),
    ]
    letters = [letter for letter in map(chr, scripts) if unicodedata.category(letter) != "Cn"]
    texts = ["".join(letters[at : at + 20]) for at in range(0, len(letters), 20)]

    told = [
        Person.objects.values_list(Folded(Value(text)), flat=True)[0] for text in (*texts, *NAMES)
    ]

    assert told == [fold(text) for text in (*texts, *NAMES)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("lukasz", "Łukasz Żółtowski", True),
        ("ŻÓŁ łuk", "Łukasz Żółtowski", True),
        ("kasz", "Łukasz Żółtowski", False),
        ("brien", "O’Brien", True),
        ("o'brien", "O’Brien", True),
        ("50%", "Half, 50 percent", True),
        ("", "Anything", False),
        (" % ", "Anything", False),
    ],
)
@pytest.mark.django_db
def test_each_word_begins_a_word_of_the_text(words, text, found):
    PersonFactory(full_name=text)
    asked = words_of(words)

    assert matches(text, asked) is found
    assert with_words(Person.objects.all(), asked, "full_name").exists() is found


@pytest.mark.django_db
def test_words_may_stand_in_different_fields_of_a_row():
    PersonFactory(full_name="Łukasz", job_title="Área lead", region=None)

    assert with_words(
        Person.objects.all(), ["area", "lukasz"], "full_name", "job_title", "region__name"
    ).exists()


@pytest.mark.django_db
def test_lists_put_names_with_an_accent_among_those_without():
    wanted = ["Nora", "Olga", "Óscar", "Otto", "Zoë", "Zora"]
    for name in sorted(wanted, reverse=True):
        PersonFactory(full_name=name)

    assert [one.full_name for one in Person.objects.order_by("full_name")] == wanted
    assert sorted(wanted, key=alphabetical) == wanted


@pytest.mark.django_db
def test_names_that_differ_by_an_accent_stay_two():
    PersonFactory(full_name="Oscar")

    assert not Person.objects.filter(full_name="Óscar").exists()
