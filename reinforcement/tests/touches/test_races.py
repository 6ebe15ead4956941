from collections import Counter
from datetime import timedelta

import pytest

from core.tests.races import at_once
from events.tests.factories import AttendeeFactory
from people.accounts.models import Person
from people.activity.models import Entry
from people.bell.actions import send_daily
from people.mail.models import Message
from reinforcement.campaigns.models import Campaign
from reinforcement.learning import actions as learning
from reinforcement.learning.models import Attempt
from reinforcement.tests.factories import (
    DAY_4,
    STARTED,
    ActivityFactory,
    CampaignFactory,
    TouchFactory,
)
from reinforcement.tests.learning.test_actions import choose, make_touch, start
from reinforcement.touches import actions
from reinforcement.touches.actions.sending import ClaimLost
from reinforcement.touches.models import Touch

LATER = timedelta(minutes=1)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_ticks_at_once_send_each_touch_once_and_one_message_a_person():
    activity = ActivityFactory()
    second = ActivityFactory(campaign=activity.campaign)
    for _ in range(60):
        touch = TouchFactory(activity=activity)
        TouchFactory(activity=second, person=touch.person)

    results = at_once(lambda: send_daily(DAY_4), times=4)

    assert sum(result["mails"] for result in results) == 60
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
def test_ticks_at_once_follow_each_change_once(attempt):
    campaign = CampaignFactory()
    for day in (4, 12):
        ActivityFactory(campaign=campaign, day_offset=day)
    people = [AttendeeFactory(kickoff=campaign.kickoff).person for _ in range(20)]
    actions.plan_due_campaigns(at=STARTED)
    ids = [person.pk for person in people]
    Person.objects.filter(pk__in=ids[:5]).update(is_active=False)
    Person.objects.filter(pk__in=ids[5:10]).update(time_zone="Asia/Tokyo")
    added = [AttendeeFactory(kickoff=campaign.kickoff).person for _ in range(5)]

    done = at_once(lambda: actions.plan_due_campaigns(at=STARTED + LATER), times=4)

    total = actions.Planned()
    for one in done:
        total.add(one)
    assert total == actions.Planned(planned=10, moved=10, withdrawn=10)
    assert Touch.objects.count() == 2 * (len(people) + len(added))
    assert Entry.objects.filter(verb="touches.followed").count() == 1


def test_following_and_sending_at_once_lose_nothing_and_wait_for_one_another():
    activity = ActivityFactory()
    ids = [AttendeeFactory(kickoff=activity.campaign.kickoff).person.pk for _ in range(60)]
    actions.plan_due_campaigns(at=STARTED)
    Person.objects.filter(pk__in=ids[:30]).update(time_zone="Atlantic/Azores")

    at_once(
        lambda: actions.plan_due_campaigns(at=DAY_4),
        lambda: send_daily(DAY_4),
        lambda: send_daily(DAY_4),
        refusals=ClaimLost,
    )

    due = dict(Touch.objects.values_list("person", "due_at"))
    assert len(due) == 60
    sent = set(Touch.objects.filter(state="SENT").values_list("person", flat=True))
    assert set(ids[30:]) <= sent
    assert {due[pk] for pk in ids[:30] if pk not in sent} <= {DAY_4 + timedelta(hours=1)}


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
