import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.tests.factories import PersonFactory, put_under
from reinforcement.learning.models import Attempt
from reinforcement.tests.factories import DAY_4
from reinforcement.tests.learning.test_actions import make_check, make_touch, start
from reinforcement.tests.pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day_4():
    with time_machine.travel(DAY_4, tick=False):
        yield


def _url(name, attempt, **kwargs):
    slug = attempt.touch.activity.campaign.kickoff.slug
    return reverse(
        f"reinforcement:learning:{name}",
        kwargs={"slug": slug, "attempt_id": attempt.pk, **kwargs},
    )


def _right(attempt, position):
    answer = attempt.answers.get(position=position)
    return answer.question.choices.get(is_right=True).pk


def _signed_in(client, touch):
    client.force_login(touch.person)
    return start(touch, timezone.now())


def test_a_rep_answers_a_lesson_with_plain_forms_and_sees_why_at_once(client):
    touch = make_touch()
    attempt = _signed_in(client, touch)

    for position in range(1, 5):
        page = client.get(_url("quiz", attempt), follow=True)
        assert f"{position}/4" in page.content.decode()
        said = client.post(
            _url("question", attempt, position=position),
            {"choice": _right(attempt, position)},
            follow=True,
        )
        assert "That is right" in said.content.decode()
        assert "The buying group names who signs." in said.content.decode()

    result = client.get(_url("quiz", attempt), follow=True)
    assert "4 of 4 right" in result.content.decode()


def test_a_check_says_neither_right_nor_wrong_and_ends_with_the_score(client):
    attempt = _signed_in(client, make_check())

    for position in range(1, 5):
        answer = client.post(
            _url("question", attempt, position=position),
            {"choice": _right(attempt, position)},
            follow=True,
        ).content.decode()
        assert "The buying group names who signs." not in answer

    assert "100% in this check" in answer


def test_an_answered_question_of_a_check_cannot_be_opened_again(client):
    attempt = _signed_in(client, make_check())
    client.post(_url("question", attempt, position=1), {"choice": _right(attempt, 1)})

    answer = client.get(_url("question", attempt, position=1))

    assert answer.status_code == 302


def test_a_question_ahead_leads_back_to_the_one_whose_turn_it_is(client):
    attempt = _signed_in(client, make_touch())

    answer = client.get(_url("question", attempt, position=3), follow=True)

    assert "1/4" in answer.content.decode()


@pytest.mark.parametrize("choice", ["", "x", "-1", "٣", "9" * 40])
def test_an_answer_that_is_none_of_the_choices_is_said_so_in_words(client, choice):
    attempt = _signed_in(client, make_touch())

    answer = client.post(_url("question", attempt, position=1), {"choice": choice})

    assert answer.status_code == 200
    assert "Choose one" in answer.content.decode()


def test_sending_an_answer_twice_is_harmless(client):
    attempt = _signed_in(client, make_touch())
    url, data = _url("question", attempt, position=1), {"choice": _right(attempt, 1)}

    answers = [client.post(url, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert attempt.answers.exclude(choice=None).count() == 1


def test_somebody_elses_attempt_by_guessed_id_is_not_found(client):
    touch = make_touch()
    attempt = _signed_in(client, touch)
    manager = PersonFactory()
    put_under(touch.person, manager)

    for person in (PersonFactory(), manager):
        client.force_login(person)
        for url in (
            _url("quiz", attempt),
            _url("question", attempt, position=1),
            _url("result", attempt),
        ):
            assert client.get(url).status_code == 404
        answer = client.post(_url("question", attempt, position=1), {"choice": 1})
        assert answer.status_code == 404

    assert not attempt.answers.exclude(choice=None).exists()


def test_a_question_that_is_not_in_the_quiz_is_not_found(client):
    attempt = _signed_in(client, make_touch())

    assert client.get(_url("question", attempt, position=99)).status_code == 404
    assert client.post(_url("question", attempt, position=99), {"choice": 1}).status_code == 404


def test_the_attempt_of_another_kickoff_is_not_found_under_this_one(client):
    attempt = _signed_in(client, make_touch())
    other = make_touch().activity.campaign.kickoff

    answer = client.get(
        reverse(
            "reinforcement:learning:quiz", kwargs={"slug": other.slug, "attempt_id": attempt.pk}
        )
    )

    assert answer.status_code == 404


def test_only_the_person_starts_their_quiz(client):
    touch = make_touch()
    client.force_login(PersonFactory())
    url = reverse(
        "reinforcement:learning:start",
        kwargs={"slug": touch.activity.campaign.kickoff.slug, "touch_id": touch.pk},
    )

    assert client.post(url).status_code == 404
    assert not Attempt.objects.exists()


def test_a_question_page_asks_as_often_for_twelve_questions_as_for_three(client):
    short = _signed_in(client, make_touch(questions=3, question_count=3))
    few = queries_of(client, _url("question", short, position=1))
    long = _signed_in(client, make_touch(questions=12, question_count=12))

    assert queries_of(client, _url("question", long, position=1)) == few <= 12
