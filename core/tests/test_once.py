import pytest

from core.once import asking_once, once


@pytest.fixture
def asked():
    return []


@pytest.fixture
def double(asked):
    @once
    def double(number, add=0):
        asked.append(number)
        return [2 * number + add]

    return double


def test_a_question_is_asked_once_inside_and_all_share_the_answer(double, asked):
    with asking_once():
        assert double(4) is double(4)
        assert double(5) == [10]

    assert asked == [4, 5]


def test_a_question_with_other_words_is_another_one(double, asked):
    with asking_once():
        assert (double(4), double(4, add=1), double(4, add=2)) == ([8], [9], [10])

    assert asked == [4, 4, 4]


def test_answers_are_forgotten_at_the_end_and_never_kept_outside(double, asked):
    for _page in range(2):
        with asking_once():
            double(4)
    double(4)
    double(4)

    assert asked == [4, 4, 4, 4]


def test_answers_are_forgotten_when_a_page_fails(double, asked):
    @asking_once()
    def page():
        double(4)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page()
    double(4)

    assert asked == [4, 4]
