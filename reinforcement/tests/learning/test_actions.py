from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.questions.models import Choice
from events.tests.factories import QuestionFactory, TopicFactory
from reinforcement.learning import actions
from reinforcement.learning.models import Answer, Attempt
from reinforcement.tests.factories import DAY_4, ActivityFactory, CampaignFactory, TouchFactory

pytestmark = pytest.mark.django_db


def make_touch(held_out=False, questions=4, **activity):
    campaign = CampaignFactory()
    topic = TopicFactory(kickoff=campaign.kickoff)
    for _ in range(questions):
        QuestionFactory(topic=topic, held_out=held_out)
    return TouchFactory(activity=ActivityFactory(campaign=campaign, **activity))


def make_check(**fields):
    return make_touch(held_out=True, kind="RETENTION_CHECK", day_offset=30, **fields)


def start(touch, at=DAY_4):
    return actions.start_attempt(touch=touch, by=touch.person, at=at)


def choose(attempt, position, right=True, at=DAY_4):
    answer = attempt.answers.get(position=position)
    choice = answer.question.choices.filter(is_right=right).first()
    return actions.answer_question(
        attempt=attempt, position=position, choice_id=choice.pk, by=attempt.person, at=at
    )


def finish(touch, right, at=DAY_4):
    attempt = start(touch, at)
    for position in range(1, attempt.answers.count() + 1):
        choose(attempt, position, right=position <= right, at=at)
    attempt.refresh_from_db()
    return attempt


def test_the_questions_are_fixed_when_a_quiz_starts_and_coming_back_resumes_it():
    touch = make_touch()
    first = start(touch)
    choose(first, 1)

    again = start(touch, DAY_4 + timedelta(hours=3))

    assert again == first
    assert again.answers.filter(choice=None).count() == 3


def test_the_last_answer_finishes_the_quiz_and_does_the_touch():
    touch = make_touch()

    attempt = finish(touch, right=3)

    touch.refresh_from_db()
    assert (attempt.finished_at, attempt.score_percent) == (DAY_4, 75)
    assert touch.done_at == DAY_4


def test_the_first_answer_counts_and_a_second_one_is_harmless():
    attempt = start(make_touch())

    first = choose(attempt, 1, right=False)
    second = choose(attempt, 1, right=True)

    assert (first.pk, second.is_right) == (second.pk, False)


def test_an_answer_after_the_end_changes_nothing():
    touch = make_check()
    attempt = finish(touch, right=0)

    late = choose(attempt, 1, right=True)

    attempt.refresh_from_db()
    assert late.is_right is False
    assert attempt.score_percent == 0


def test_a_question_or_choice_that_is_not_in_the_quiz_is_refused():
    attempt = start(make_touch())
    foreign = Choice.objects.exclude(question__answers__attempt=attempt)
    foreign = foreign.first() or QuestionFactory().choices.first()

    for position, choice in ((9, foreign.pk), (1, foreign.pk), (1, 0)):
        with pytest.raises(actions.QuizRefused):
            actions.answer_question(
                attempt=attempt, position=position, choice_id=choice, by=attempt.person, at=DAY_4
            )

    assert not attempt.answers.exclude(choice=None).exists()


def test_a_lesson_may_be_practised_again_and_stays_done():
    touch = make_touch()
    finish(touch, right=4)

    again = start(touch, DAY_4 + timedelta(days=1))

    assert (again.number, again.finished_at) == (2, None)


def test_a_check_is_answered_once():
    touch = make_check()
    first = finish(touch, right=2)

    assert start(touch, DAY_4 + timedelta(days=30)) == first


def test_a_certification_is_tried_again_after_a_week():
    touch = make_touch(held_out=True, kind="CERTIFICATION", day_offset=70)
    first = finish(touch, right=2)

    assert start(touch, DAY_4 + timedelta(days=6)) == first
    assert start(touch, DAY_4 + timedelta(days=7)).number == 2


def test_a_check_asks_only_questions_that_practice_never_shows():
    touch = make_check()
    QuestionFactory(topic__kickoff=touch.activity.campaign.kickoff, held_out=False)

    attempt = start(touch)

    assert all(answer.question.held_out for answer in attempt.answers.all())


def test_a_lesson_never_asks_a_question_that_is_kept_for_the_checks():
    touch = make_touch()
    QuestionFactory(topic__kickoff=touch.activity.campaign.kickoff, held_out=True)

    attempt = start(touch)

    assert not any(answer.question.held_out for answer in attempt.answers.all())


def test_the_next_check_asks_what_the_last_one_did_not():
    touch = make_check(questions=8)
    first = {a.question_id for a in start(touch).answers.all()}
    later = ActivityFactory(campaign=touch.activity.campaign, kind="RETENTION_CHECK", day_offset=60)

    second = start(TouchFactory(activity=later, person=touch.person))

    assert first.isdisjoint({a.question_id for a in second.answers.all()})


def test_a_quiz_is_not_begun_before_its_hour_nor_without_questions():
    with pytest.raises(actions.QuizRefused, match="not due yet"):
        start(make_touch(), DAY_4 - timedelta(minutes=1))
    with pytest.raises(actions.QuizRefused, match="no questions for this yet"):
        start(make_touch(questions=0))


def test_a_follow_up_has_no_quiz():
    touch = TouchFactory(activity__kind="MANAGER_FOLLOW_UP")

    with pytest.raises(actions.QuizRefused, match="no questions to answer"):
        start(touch)


def test_what_was_taken_back_is_not_begun():
    touch = make_touch()
    touch.state, touch.skip_reason = "SKIPPED", "DECLINED"
    touch.save()

    with pytest.raises(actions.QuizRefused, match="taken back"):
        start(touch)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"once": True, "number": 2}, "attempt_no_retake"),
        ({"finished_at": DAY_4}, "attempt_finished_has_score"),
        ({"finished_at": DAY_4, "score_percent": 101}, "attempt_finished_has_score"),
    ],
)
def test_an_impossible_attempt_is_never_stored(fields, constraint):
    touch = TouchFactory()

    with pytest.raises(IntegrityError, match=constraint):
        Attempt.objects.create(touch=touch, person=touch.person, started_at=DAY_4, **fields)


def test_two_open_attempts_are_never_stored():
    attempt = start(make_touch())

    with pytest.raises(IntegrityError):
        Attempt.objects.create(
            touch=attempt.touch, person=attempt.person, number=2, started_at=DAY_4
        )


def test_half_an_answer_is_never_stored():
    attempt = start(make_touch())

    with pytest.raises(IntegrityError, match="answer_whole"):
        attempt.answers.update(is_right=True)


def test_a_question_is_in_a_quiz_once():
    answer = start(make_touch()).answers.first()

    with pytest.raises(IntegrityError):
        Answer.objects.create(attempt=answer.attempt, position=9, question=answer.question)
