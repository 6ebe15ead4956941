"""Signs that nobody sees: out of every key, and out of what is shown unless they shape it."""

from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keys import bare, name_key, seen

UNSEEN = ["\u200b", "\u2060", "\ufeff", "\u202c", "\u00ad", "\u200e", "\u2067", "\u3164", "\u180e"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_left_out_wherever_it_stands(sign):
    text = f"{sign}Aïcha{sign} Beny{sign}ahia{sign}"

    assert seen(text) == bare(text) == "Aïcha Benyahia"
    assert name_key(text) == name_key("AÏCHA  benyahia")


@pytest.mark.parametrize(
    "name",
    [
        "می\u200cخواهم",  # Persian: without the joiner two letters would run together
        "क्\u200dष",
        "ශ්\u200dරී",
        "👩\u200d💻",
        "❤\ufe0f\u200d🔥",
        "葛\U000e0100城",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_what_shapes_a_name_is_shown_and_not_compared(name):
    assert seen(name) == name
    assert name_key(name) == name_key(bare(name))


def test_joiners_between_other_letters_are_left_out():
    assert seen("An\u200da Si\u200clva\u200d") == "Ana Silva"
    assert seen("a\ufe0f\U000e0067") == "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ｗｅｉ", "wei"), ("Zoe\u0308", "Zoë"), ("STRASSE", "Straße"), ("a \u00a0 b", "A b")],
)
def test_what_looks_alike_is_one_key(one, other):
    assert name_key(one) == name_key(other)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert seen(seen(text)) == seen(text)
    assert bare(bare(text)) == bare(text)
    assert name_key(name_key(text)) == name_key(text)
    assert name_key(seen(text)) == name_key(text)


@pytest.mark.parametrize("clean", [seen, bare, name_key], ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    "text",
    ["\U0001f3f4" + "\U000e0041" * 100_000, "a\u200d" * 50_000, "\u20ac" * 100_000],
    ids=["a flag without end", "joiners", "signs"],
)
def test_a_text_as_long_as_a_cell_takes_no_time(clean, text):
    began = thread_time()

    clean(text)

    assert thread_time() - began < 1
