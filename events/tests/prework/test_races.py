"""One button pressed several times at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime
from functools import partial

import pytest

from core.tests import races
from events.prework import actions
from events.prework.models import PreworkItem
from events.tests.factories import PreworkItemFactory
from people.activity.models import Entry
from people.notices.models import Notice
from people.tests.factories import PlannerFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("attempt", range(5)),
]
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)

at_once = partial(races.at_once, times=4, refusals=actions.PreworkRefused)


def entries(verb):
    return Entry.objects.filter(verb=verb).count()


def submit(item, text="They need it by May."):
    return actions.submit_work(item_id=item.pk, text=text, link="", by=item.person, at=AT)


def test_marked_at_once_it_is_done_once(attempt):
    item = PreworkItemFactory()

    done = at_once(lambda: actions.mark_done(item_id=item.pk, by=item.person, at=AT))

    assert {(one.state, one.done_at) for one in done} == {("DONE", AT)}
    assert entries("prework.done") == 1


def test_taken_back_at_once_it_is_taken_back_once(attempt):
    item = PreworkItemFactory(state="DONE", done_at=AT)

    at_once(lambda: actions.take_back(item_id=item.pk, by=item.person, at=AT))

    assert PreworkItem.objects.get().state == "OPEN"
    assert entries("prework.taken_back") == 1


def test_one_answer_sent_at_once_is_handed_in_once(attempt):
    item = PreworkItemFactory(assignment__kind="SUBMIT")

    done = at_once(lambda: submit(item))

    assert {one.text for one in done} == {"They need it by May."}
    assert (entries("prework.submitted"), entries("prework.resubmitted")) == (1, 0)


def test_another_answer_sent_at_once_replaces_the_first_once(attempt):
    item = PreworkItemFactory(assignment__kind="SUBMIT")
    submit(item)

    at_once(lambda: submit(item, "They need it by June."))

    assert PreworkItem.objects.get().text == "They need it by June."
    assert (entries("prework.submitted"), entries("prework.resubmitted")) == (1, 1)


def test_asked_for_again_at_once_it_is_asked_for_once(attempt):
    item = PreworkItemFactory(state="DONE", done_at=AT)
    planner = PlannerFactory()

    done = at_once(
        lambda: actions.reopen_item(item_id=item.pk, note="Which quarter?", by=planner, at=AT)
    )

    assert sum(isinstance(one, actions.PreworkRefused) for one in done) == 3
    assert entries("prework.returned") == 1
    assert Notice.objects.count() == 1
