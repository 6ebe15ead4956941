from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from people.bell.actions import send_daily
from people.bell.hooks import join_daily
from people.bell.models import Daily
from people.calendar.models import Leave
from people.mail.models import Message
from people.notices.models import Choice, Notice
from people.tests.factories import GONE, NoticeFactory, PersonFactory
from people.waiting.hooks import find_waiting
from people.waiting.rules import Place, Waiting

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2027, 2, 3, 8, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LISBON = Place("lisbon", "Lisbon", "/k/lisbon/")


def waits(*titles, days=1, since=WEDNESDAY - 9 * timedelta(days=1)):
    """A source with these things for everybody, due in some days."""

    def find(people, at):
        for person in people:
            for title in titles:
                yield Waiting(
                    person_id=person.pk,
                    kind="prework.open",
                    title=title,
                    url="/k/lisbon/prework/1/",
                    since=since,
                    due_at=WEDNESDAY + days * DAY,
                    place=LISBON,
                )

    return find_waiting.only(find)


@pytest.fixture(autouse=True)
def nothing_else_waits():
    with find_waiting.only(), join_daily.only():
        yield


def test_it_goes_out_at_half_past_eight_where_its_person_is_and_once_a_day():
    lisbon = PersonFactory(time_zone="Europe/Lisbon")
    PersonFactory(time_zone="America/New_York")
    with waits("Read the pricing guide"):
        before = send_daily(WEDNESDAY - MINUTE)["mails"]
        then = [send_daily(WEDNESDAY + n * MINUTE)["mails"] for n in range(2)]

    message = Message.objects.get()
    assert (before, then) == (0, [1, 0])
    assert (message.person, message.key) == (lisbon, f"daily:{lisbon.pk}:2027-02-03")
    assert (message.subject, message.button) == ("Read the pricing guide", "Open what waits")


def test_it_says_what_is_late_today_and_this_week_then_what_is_new():
    notice = NoticeFactory(title="Your agenda is out", at=WEDNESDAY - DAY, waits_for_mail=True)
    with waits(*(f"Thing {n}" for n in range(7)), days=-3):
        send_daily(WEDNESDAY)

    message = Message.objects.get(person=notice.person)
    assert message.subject == "7 things wait for you, 7 late: Thing 0"
    assert "http://localhost:8000/waiting/" in message.body
    assert "Late: 7" in message.body
    assert "3 days late · Lisbon" in message.body
    assert "… and 2 more" in message.body
    assert "Your agenda is out\nhttp://localhost:8000/k/lisbon/agenda/mine/" in message.body


def test_nobody_gets_an_empty_mail_nor_one_of_what_is_far_or_read_already():
    read = NoticeFactory(waits_for_mail=True, at=WEDNESDAY - DAY, read_at=WEDNESDAY - DAY)
    Daily.objects.create(person=read.person, date=date(2027, 2, 2))
    with waits("Watch the film", days=40):
        send_daily(WEDNESDAY)

    assert not Message.objects.exists()


def test_what_is_far_is_told_on_the_day_on_which_it_begins():
    PersonFactory()
    with waits("Revisit renewal pricing", days=40, since=WEDNESDAY):
        mails = [send_daily(WEDNESDAY + n * DAY)["mails"] for n in range(2)]

    assert mails == [1, 0]
    assert "Later: 1" in Message.objects.get().body


def test_what_is_new_is_mailed_once():
    NoticeFactory(waits_for_mail=True, at=WEDNESDAY - DAY)

    mails = [send_daily(WEDNESDAY + n * DAY)["mails"] for n in range(2)]

    assert mails == [1, 0]
    assert not Notice.objects.filter(waits_for_mail=True).exists()


def test_a_day_of_rest_brings_no_mail_and_loses_nothing():
    away = NoticeFactory(waits_for_mail=True, at=WEDNESDAY - DAY).person
    Leave.objects.create(person=away, starts_date=date(2027, 2, 3), ends_date=date(2027, 2, 5))

    # Then comes the weekend
    mails = [send_daily(WEDNESDAY + n * DAY)["mails"] for n in range(6)]

    assert mails == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("gone", GONE)
def test_who_has_left_gets_none(gone):
    NoticeFactory(waits_for_mail=True, at=WEDNESDAY - DAY, person=PersonFactory(**gone))

    assert send_daily(WEDNESDAY)["mails"] == 0


def test_who_wants_no_mail_of_what_waits_still_hears_of_what_is_new():
    person = NoticeFactory(title="Answered", waits_for_mail=True, at=WEDNESDAY - DAY).person
    Choice.objects.create(person=person, kind="waiting.daily", delivery="never")
    with waits("Read the pricing guide"):
        send_daily(WEDNESDAY)

    assert Message.objects.get().subject == "Answered"


def test_after_downtime_it_comes_late_on_its_day_and_not_in_the_night_after():
    with waits("Read the pricing guide"):
        PersonFactory()
        night = send_daily(WEDNESDAY + timedelta(hours=16))["mails"]
        evening = send_daily(WEDNESDAY + DAY + timedelta(hours=14))["mails"]

    assert (night, evening) == (0, 1)


def test_others_join_before_what_waits_is_read_and_once_mails_are_queued():
    PersonFactory()
    seen = []

    @contextmanager
    def join(people, at):
        seen.append((len(people), Message.objects.count()))
        yield
        seen.append((len(people), Message.objects.count()))

    with join_daily.only(join), waits("Read it"):
        send_daily(WEDNESDAY)

    assert seen == [(1, 0), (1, 1)]


def test_it_takes_as_many_queries_for_one_as_for_many(django_assert_max_num_queries):
    for number in (1, 3, 40):
        for _ in range(number):
            NoticeFactory(waits_for_mail=True, at=WEDNESDAY - DAY)
        with waits("Read it"), django_assert_max_num_queries(24):
            send_daily(WEDNESDAY)
        Notice.objects.all().delete()
