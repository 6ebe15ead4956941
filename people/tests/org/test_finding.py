import pytest

from people.org.finding import Finder


@pytest.fixture
def finder():
    finder = Finder("Nobody is called “%(name)s”.")
    finder.add("left", "Bo Ek", email="old@x.example", is_here=False)
    finder.add("here", "Bo Ek", "Bosse", email="bo@x.example", employee_id="E1")
    finder.add("gone", "Ada Ek", email="ada@x.example", is_here=False)
    return finder


@pytest.mark.parametrize("text", ["bo  EK", "Bo@x.example", "e1", "bosse"])
def test_somebody_is_found_by_name_address_or_id_however_it_is_written(finder, text):
    assert finder.only(text) == "here"


def test_who_left_is_only_found_where_nobody_else_has_the_name(finder):
    assert finder.only("Ada Ek") == "gone"


def test_an_employee_id_comes_before_a_name_that_is_written_the_same(finder):
    finder.add("other", "E1", email="e1@x.example")

    assert finder.only("E1") == "here"


def test_of_two_with_one_name_one_is_meant_who_may_be(finder):
    finder.add("twin", "Bo Ek", email="bo.ek@x.example")

    assert finder.only("Bo Ek", among={"twin"}) == "twin"
    with pytest.raises(ValueError, match="“Bo Ek” is more than one person"):
        finder.only("Bo Ek")


def test_nobody_is_said_in_the_words_of_the_import(finder):
    with pytest.raises(ValueError, match="Nobody is called “Nobody Known”"):
        finder.only("Nobody Known")
