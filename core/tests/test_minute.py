from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from core import minute

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("a_minute")


@pytest.fixture
def question():
    asked = []

    @minute.for_a_minute
    def ask(about, at, **more):
        asked.append(about)
        return len(asked)

    ask.asked = asked
    return ask


def test_within_a_minute_a_question_is_asked_once(question):
    assert [question("a", NOON), question("a", NOON + timedelta(seconds=9))] == [1, 1]
    assert question("b", NOON) == 2


def test_each_language_has_its_own_answer(question):
    question("a", NOON)
    with translation.override("de"):
        assert question("a", NOON) == 2


def test_after_a_minute_it_is_asked_again(question, monkeypatch):
    question("a", NOON)
    later = minute.monotonic() + 61
    monkeypatch.setattr(minute, "monotonic", lambda: later)

    assert question("a", NOON) == 2


def test_whoever_changed_something_asks_anew_and_for_the_others_too(question):
    question("a", NOON)
    with minute.asking_anew():
        assert question("a", NOON) == 2

    assert question("a", NOON) == 2


def test_nothing_is_kept_without_seconds(question, settings):
    settings.KEPT_SECONDS = 0

    assert [question("a", NOON), question("a", NOON)] == [1, 2]


def test_memory_does_not_grow_for_ever(question):
    for number in range(1200):
        question(number, NOON)

    assert len(minute._kept) <= 500
