"""Touches that come each at its hour, to whoever has chosen that."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.tests.races import at_once
from people.bell.actions import send_daily
from people.calendar.models import Leave
from people.mail.models import Message
from people.notices.models import Choice, Notice
from people.tests.factories import mail_at_once
from reinforcement.tests.factories import DAY_4, ActivityFactory, TouchFactory
from reinforcement.touches import actions, tasks
from reinforcement.touches.models import Touch

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def touch():
    touch = TouchFactory(activity__title="Price the renewal")
    mail_at_once("touches.due", touch.person)
    return touch


def test_each_is_mailed_at_its_hour_once_and_not_with_the_mail_of_the_day(touch):
    usual = TouchFactory(activity=touch.activity)

    daily = send_daily(DAY_4 - HOUR / 2)["mails"]
    sent = [actions.send_at_once(at=touch.due_at + n * HOUR) for n in range(2)]

    touch.refresh_from_db()
    message = Message.objects.get(person=touch.person)
    assert (daily, sent) == (1, [1, 0])
    assert Message.objects.get(person=usual.person).key.startswith("daily:")
    assert (touch.state, touch.sent_at, touch.message) == ("SENT", touch.due_at, message)
    assert message.subject == "Price the renewal"
    assert f"/touches/{touch.pk}/" in message.body
    assert Notice.objects.get(person=touch.person).kind == "touches.due"


def test_nothing_comes_before_its_hour(touch):
    assert actions.send_at_once(at=touch.due_at - timedelta(minutes=1)) == 0


def test_what_is_due_together_is_one_mail(touch):
    second = ActivityFactory(campaign=touch.activity.campaign, title="Where you started")
    TouchFactory(activity=second, person=touch.person, due_at=touch.due_at)

    assert actions.send_at_once(at=touch.due_at) == 2

    message = Message.objects.get()
    assert message.subject == "2 things are due: Price the renewal"
    assert "Where you started" in message.body
    assert Touch.objects.filter(message=message).count() == 2


def test_on_leave_it_waits_for_the_hour_of_the_next_working_day(touch):
    Leave.objects.create(person=touch.person, starts_date=touch.due_date, ends_date=touch.due_date)

    that_day = actions.send_at_once(at=touch.due_at)
    at_night = actions.send_at_once(at=touch.due_at + DAY - 5 * HOUR)
    next_day = actions.send_at_once(at=touch.due_at + DAY)

    assert (that_day, at_night, next_day) == (0, 0, 1)


def test_what_comes_after_the_mail_of_the_day_is_not_put_off(touch):
    send_daily(DAY_4 - HOUR / 2)

    said = tasks.tick(DAY_4 + HOUR)

    touch.refresh_from_db()
    assert (said["sent"], said["postponed"], touch.state) == (1, 0, "SENT")


def test_it_takes_as_many_queries_for_any_number_of_people(django_assert_max_num_queries):
    for count in (1, 12):
        activity = ActivityFactory()
        for _ in range(count):
            mail_at_once("touches.due", TouchFactory(activity=activity).person)
        with django_assert_max_num_queries(20):
            assert actions.send_at_once(at=DAY_4 + HOUR) == count


def test_a_person_chooses_it_on_the_page_of_their_mails(client, touch):
    Choice.objects.all().delete()
    client.force_login(touch.person)
    page = client.get(reverse("people:bell:mails")).content.decode()
    field = page.partition('name="touches.due"')[2].partition("</select>")[0]

    assert 'value="once"' in field
    assert 'value="never"' not in field


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_send_each_once():
    activity = ActivityFactory()
    for _ in range(20):
        mail_at_once("touches.due", TouchFactory(activity=activity).person)

    results = at_once(lambda: actions.send_at_once(at=DAY_4 + HOUR), times=3)

    assert sum(results) == Message.objects.count() == 20
    assert Touch.objects.filter(state="SENT", message__isnull=False).count() == 20
