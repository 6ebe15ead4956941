"""The bell while two do something at the same moment."""

from datetime import timedelta

import pytest

from core.tests.races import at_once
from people.bell.actions import send_daily
from people.bell.hooks import join_daily
from people.bell.models import Daily
from people.mail.models import Message
from people.notices.actions import NoticeDraft, mark_read, tell
from people.notices.models import Notice
from people.notices.rules import Kind
from people.tests.bell.test_daily import WEDNESDAY, waits
from people.tests.factories import NoticeFactory, PersonFactory
from people.waiting.hooks import find_waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
KIND = Kind("test.kind", "A kind", "Open it")


@pytest.fixture(autouse=True)
def nothing_else_waits():
    with find_waiting.only(), join_daily.only():
        yield


@pytest.mark.parametrize("attempt", range(3))
def test_two_ticks_send_the_mail_of_a_day_once_and_take_what_is_new_once(attempt):
    people = PersonFactory.create_batch(5, time_zone="Europe/Lisbon")
    for person in people:
        NoticeFactory(person=person, at=WEDNESDAY - timedelta(hours=1), waits_for_mail=True)

    with waits("Read the pricing guide"):
        done = at_once(lambda: send_daily(WEDNESDAY), times=2)

    assert sum(one["mails"] for one in done) == len(people)
    keys = sorted(Message.objects.values_list("key", flat=True))
    assert keys == sorted(f"daily:{person.pk}:2027-02-03" for person in people)
    bodies = Message.objects.values_list("body", flat=True)
    assert all("Deal clinic, round 3" in body for body in bodies)
    assert not Notice.objects.filter(waits_for_mail=True).exists()
    assert Daily.objects.count() == len(people)


@pytest.mark.parametrize("attempt", range(3))
def test_what_comes_while_all_is_marked_as_read_stays_new_and_is_mailed(attempt):
    old = NoticeFactory(at=WEDNESDAY - timedelta(hours=1), waits_for_mail=True)
    person, later = old.person, WEDNESDAY + timedelta(seconds=1)
    draft = NoticeDraft(kind=KIND, key="new", person=person, subject="New", body="New.")
    shown = Notice.objects.filter(person=person, at__lte=WEDNESDAY)

    at_once(
        lambda: mark_read(notices=shown, at=later),
        lambda: tell(drafts=[draft], at=later),
    )

    old.refresh_from_db()
    new = Notice.objects.get(key="new")
    assert (old.read_at, old.waits_for_mail) == (later, False)
    assert (new.read_at, new.waits_for_mail) == (None, True)


@pytest.mark.parametrize("attempt", range(3))
def test_a_notice_that_is_read_while_the_mail_is_written_is_no_longer_new(attempt):
    notice = NoticeFactory(at=WEDNESDAY - timedelta(hours=1), waits_for_mail=True)
    all_of_theirs = Notice.objects.filter(person=notice.person)

    at_once(
        lambda: send_daily(WEDNESDAY),
        lambda: mark_read(notices=all_of_theirs, at=WEDNESDAY),
    )

    notice.refresh_from_db()
    assert (notice.read_at, notice.waits_for_mail) == (WEDNESDAY, False)
    assert Message.objects.count() <= 1
    assert send_daily(WEDNESDAY + timedelta(minutes=1))["mails"] == 0
