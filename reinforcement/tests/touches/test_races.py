from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from people.mail.models import Message
from reinforcement.campaigns.models import Campaign
from reinforcement.learning import actions as learning
from reinforcement.learning.models import Attempt
from reinforcement.tests.factories import DAY_4, STARTED, ActivityFactory, TouchFactory
from reinforcement.tests.learning.test_actions import choose, make_touch, start
from reinforcement.touches import actions
from reinforcement.touches.models import Touch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(act, times=4):
    """Run something so many times at the same moment, each on a connection of its own."""
    gate = Barrier(times)

    def run(_n):
        try:
            gate.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_ticks_at_once_send_each_touch_once_and_one_message_a_person():
    activity = ActivityFactory()
    second = ActivityFactory(campaign=activity.campaign)
    for _ in range(60):
        touch = TouchFactory(activity=activity)
        TouchFactory(activity=second, person=touch.person)

    results = at_once(lambda: actions.send_due_touches(at=DAY_4))

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

    at_once(plan)

    assert Touch.objects.count() == 1


def test_a_quiz_begun_twice_at_once_is_one_attempt():
    touch = make_touch()

    def begin():
        return start(Touch.objects.select_related("activity__campaign", "person").get(pk=touch.pk))

    attempts = at_once(begin)

    assert {attempt.pk for attempt in attempts} == {Attempt.objects.get().pk}


def test_the_same_answer_sent_twice_at_once_counts_once_and_finishes_once():
    touch = make_touch(questions=1, question_count=3)
    attempt = start(touch)

    def answer():
        return choose(Attempt.objects.get(pk=attempt.pk), 1)

    answers = at_once(answer)

    attempt.refresh_from_db()
    assert {one.is_right for one in answers} == {True}
    assert (attempt.score_percent, attempt.finished_at) == (100, DAY_4)
    assert learning.start_attempt(touch=touch, by=touch.person, at=DAY_4).number == 2
