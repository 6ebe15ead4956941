from collections import Counter

import pytest

from core.tests.races import at_once
from people.activity.models import Entry
from people.mail.models import Message
from reinforcement.campaigns.models import Campaign
from reinforcement.learning import actions as learning
from reinforcement.learning.models import Attempt
from reinforcement.tests.factories import DAY_4, STARTED, ActivityFactory, TouchFactory
from reinforcement.tests.learning.test_actions import choose, make_touch, start
from reinforcement.touches import actions
from reinforcement.touches.models import Touch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_ticks_at_once_send_each_touch_once_and_one_message_a_person():
    activity = ActivityFactory()
    second = ActivityFactory(campaign=activity.campaign)
    for _ in range(60):
        touch = TouchFactory(activity=activity)
        TouchFactory(activity=second, person=touch.person)

    results = at_once(lambda: actions.send_due_touches(at=DAY_4), times=4)

    assert sum(result.sent for result in results) == 120
    assert Touch.objects.filter(state="SENT", message__isnull=False).count() == 120
    assert Message.objects.count() == 60
    assert set(Counter(Message.objects.values_list("person", flat=True)).values()) == {1}


def test_ticks_at_once_plan_each_touch_once():
    touch = TouchFactory()
    Touch.objects.all().delete()
    campaign = touch.activity.campaign

    def plan():
        return actions.plan_touches(campaign=Campaign.objects.get(pk=campaign.pk), at=STARTED)

    at_once(plan, times=4)

    assert Touch.objects.count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_a_touch_done_at_once_is_done_once(attempt):
    touch = TouchFactory(due_at=DAY_4)

    done = at_once(lambda: actions.complete_touch(touch=touch, by=touch.person, at=DAY_4), times=4)

    assert sorted(done) == [False, False, False, True]
    assert Entry.objects.filter(verb="touch.done").count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_more_time_given_at_once_is_given_once(attempt):
    touch = TouchFactory(due_at=DAY_4)

    done = at_once(
        lambda: actions.extend_touch(touch=touch, days=14, by=touch.person, at=DAY_4),
        times=4,
        refusals=actions.TouchRefused,
    )

    assert sum(isinstance(one, actions.TouchRefused) for one in done) == 3
    assert Entry.objects.filter(verb="touch.extended").count() == 1


def test_a_quiz_begun_twice_at_once_is_one_attempt():
    touch = make_touch()

    def begin():
        return start(Touch.objects.select_related("activity__campaign", "person").get(pk=touch.pk))

    attempts = at_once(begin, times=4)

    assert {attempt.pk for attempt in attempts} == {Attempt.objects.get().pk}


def test_the_same_answer_sent_twice_at_once_counts_once_and_finishes_once():
    touch = make_touch(questions=1, question_count=3)
    attempt = start(touch)

    def answer():
        return choose(Attempt.objects.get(pk=attempt.pk), 1)

    answers = at_once(answer, times=4)

    attempt.refresh_from_db()
    assert {one.is_right for one in answers} == {True}
    assert (attempt.score_percent, attempt.finished_at) == (100, DAY_4)
    assert learning.start_attempt(touch=touch, by=touch.person, at=DAY_4).number == 2


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_answers_sent_at_once_the_first_counts(attempt):
    quiz = start(make_touch())

    right, wrong = at_once(
        lambda: choose(quiz, 1, right=True), lambda: choose(quiz, 1, right=False)
    )

    assert right.choice_id == wrong.choice_id == quiz.answers.get(position=1).choice_id
