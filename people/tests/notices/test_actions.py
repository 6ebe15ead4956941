from datetime import UTC, datetime, timedelta

import pytest

from people.mail.actions import queue_message
from people.mail.models import Message
from people.notices import actions
from people.notices.models import Choice, Notice
from people.notices.rules import Delivery, Kind
from people.tests.factories import NoticeFactory, PersonFactory, mail_at_once
from people.waiting.rules import Place

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
DAILY = Kind("tests.daily", "Something happened", "Open it")
AT_ONCE = Kind("tests.once", "Something is needed", "Open it", Delivery.AT_ONCE, needed="The law.")
LISBON = Place("lisbon", "Lisbon", "/k/lisbon/")


def draft(person, key="k", kind=DAILY, **fields):
    return actions.NoticeDraft(
        key=key,
        person=person,
        subject="Your agenda has changed",
        body="Hello,\n\nsee it here: http://localhost:8000/k/lisbon/agenda/mine/\n",
        kind=kind,
        **fields,
    )


def tell(*drafts):
    return actions.tell(drafts=drafts, at=NOON)


def test_what_is_told_stands_in_the_bell_with_where_it_leads():
    person = PersonFactory()

    assert tell(draft(person, place=LISBON)) == 1

    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.title) == (
        person,
        "tests.daily",
        "Your agenda has changed",
    )
    assert (notice.url, notice.place_label) == ("/k/lisbon/agenda/mine/", "Lisbon")
    assert notice.read_at is None


def test_it_is_mailed_with_the_day_at_once_or_never_as_its_person_chose():
    default, eager, quiet = PersonFactory.create_batch(3)
    mail_at_once("tests.daily", eager)
    Choice.objects.create(person=quiet, kind="tests.daily", delivery="never")

    tell(*(draft(person, key=f"k{person.pk}") for person in (default, eager, quiet)))

    waits = dict(Notice.objects.values_list("person", "waits_for_mail"))
    assert waits == {default.pk: True, eager.pk: False, quiet.pk: False}
    message = Message.objects.get()
    assert (message.person, message.button) == (eager, "Open it")


def test_what_is_urgent_does_not_wait_for_the_day_but_never_stays_never():
    default, quiet = PersonFactory.create_batch(2)
    Choice.objects.create(person=quiet, kind="tests.daily", delivery="never")

    tell(*(draft(one, key=f"k{one.pk}", is_urgent=True) for one in (default, quiet)))

    assert [message.person for message in Message.objects.all()] == [default]


def test_what_is_needed_cannot_be_switched_off():
    person = PersonFactory()

    with pytest.raises(actions.ChoiceRefused, match="The law"):
        actions.choose_deliveries(person=person, chosen={AT_ONCE: "never"})
    Choice.objects.create(person=person, kind="tests.once", delivery="never")
    tell(draft(person, kind=AT_ONCE))

    assert Message.objects.count() == 1


def test_a_key_is_told_once_though_it_was_mailed_before_there_was_a_bell():
    person = PersonFactory()
    queue_message(key="old", person=person, subject="s", body="b", at=NOON)

    assert [tell(draft(person)), tell(draft(person)), tell(draft(person, "old"))] == [1, 0, 0]
    assert Notice.objects.count() == 1


def test_many_are_told_with_few_statements(django_assert_max_num_queries):
    people = PersonFactory.create_batch(40)
    drafts = [draft(one, key=f"k{one.pk}", kind=AT_ONCE) for one in people]

    with django_assert_max_num_queries(12):
        assert tell(*drafts) == 40


def test_what_is_read_is_not_mailed_and_keeps_when_it_was_first_read():
    notice = NoticeFactory(waits_for_mail=True)
    mine = Notice.objects.filter(person=notice.person)

    read = [actions.mark_read(notices=mine, at=NOON + timedelta(hours=n)) for n in range(2)]

    notice.refresh_from_db()
    assert (read, notice.read_at, notice.waits_for_mail) == ([1, 0], NOON, False)


def test_the_bell_keeps_ninety_days():
    NoticeFactory(at=NOON - timedelta(days=90))
    kept = NoticeFactory(at=NOON - timedelta(days=89))

    assert actions.forget_old(NOON) == {"forgotten": 1}
    assert list(Notice.objects.all()) == [kept]
