import unicodedata

import pytest
from django.db.models import Value

from core.finding import Plain, with_parts, with_words
from core.folding import alphabetical, fold, matches, plain, words_of
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


LETTERS = [
    letter
    for script in (
        range(0x20, 0x250),
        range(0x300, 0x588),
        range(0x5D0, 0x670),
        range(0x1E00, 0x2030),
    )
    for letter in map(chr, script)
    if unicodedata.category(letter) != "Cn"
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_folded_as_a_plain_keyboard_writes_it(name):
    assert fold(name) == NAMES[name]


@pytest.mark.django_db
def test_the_database_folds_each_letter_as_python_does():
    PersonFactory()
    texts = ["".join(LETTERS[at : at + 20]) for at in range(0, len(LETTERS), 20)]

    told = [
        Person.objects.values_list(Plain(Value(text)), flat=True)[0] for text in (*texts, *NAMES)
    ]

    assert told == [plain(text) for text in (*texts, *NAMES)]


@pytest.mark.django_db
def test_the_database_parts_words_where_python_does():
    people = {letter: PersonFactory.build(full_name=f"{letter}ana") for letter in LETTERS}
    Person.objects.bulk_create(people.values())
    stored = dict(Person.objects.values_list("pk", "full_name"))

    found = with_words(Person.objects.all(), ["ana"], "full_name")

    assert set(found.values_list("pk", flat=True)) == {
        pk for pk, name in stored.items() if matches(name, ["ana"])
    }
    assert 50 < len(found) < len(people)


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


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("lukasz o'brien", True),
        ("BRIEN Łukasz", True),
        ("ukas", True),
        ("ana.k@", True),
        ("k-7", True),
        ("7-k", False),
        ("lukasz nobody", False),
        ("%", False),
        ("\0", False),
    ],
)
@pytest.mark.django_db
def test_the_box_of_a_list_finds_parts_wherever_they_stand(said, found):
    PersonFactory(full_name="Łukasz O’Brien", email="ana.k@example.com", employee_id="K-71")
    fields = ("full_name", "email", "employee_id", "team__name")

    assert with_parts(Person.objects.all(), said, *fields).exists() is found


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
