import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.deals.rules import propose_aliases

MAVEN = {
    "GTX Basic": 1866,
    "GTX Plus Basic": 1383,
    "GTX Plus Pro": 968,
    "GTXPro": 1480,
    "MG Advanced": 1412,
    "MG Special": 1651,
    "GTK 500": 40,
}


def test_words_of_other_names_run_together_are_taken_apart():
    assert propose_aliases(MAVEN, []) == {"GTXPro": "GTX Pro"}


@pytest.mark.parametrize("name", ["GTXPro", "gtx-pro", "Gtx PRO."])
def test_a_name_that_is_a_known_product_but_for_its_spelling_means_it(name):
    assert propose_aliases({name: 3}, ["GTX Pro", "MG Special"]) == {name: "GTX Pro"}


def test_a_known_product_with_one_letter_off_is_proposed_and_with_another_number_is_not():
    known = ["MG Advanced 2"]

    assert propose_aliases({"MG Advancd 2": 1}, known) == {"MG Advancd 2": "MG Advanced 2"}
    assert propose_aliases({"MG Advanced 3": 1}, known) == {}


def test_the_more_frequent_spelling_in_a_file_wins():
    assert propose_aliases({"GTX Pro": 9, "GTX-Pro": 1}, []) == {"GTX-Pro": "GTX Pro"}


def test_known_products_and_new_ones_are_left_alone():
    assert propose_aliases({"GTX Pro": 1, "gtx pro": 2, "Backup": 3}, ["GTX Pro"]) == {}


@example({"": 1, "\r": 1, "\x08": 1})
@example({"ab": 1, "AB": 1, "a b": 1})
@given(st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=8))
def test_no_proposal_leads_to_another_proposal(counts):
    proposed = propose_aliases(counts, [])

    assert not set(proposed.values()) & set(proposed)
