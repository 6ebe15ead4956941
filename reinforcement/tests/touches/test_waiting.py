from datetime import datetime, timedelta

import pytest

from events.kickoff.models import Kickoff
from people.tests.factories import GONE, PersonFactory
from reinforcement.campaigns.models import Activity
from reinforcement.tests.factories import TouchFactory
from reinforcement.touches.waiting import find

pytestmark = pytest.mark.django_db


def waiting(touch, at: datetime):
    return [item for item in find([touch.person], at) if item.waits(at)]


def test_a_touch_waits_from_its_hour_on_and_is_late_after_its_last_day():
    touch = TouchFactory()

    assert waiting(touch, touch.due_at - timedelta(seconds=1)) == []
    (item,) = waiting(touch, touch.due_at)
    assert (item.kind, item.title) == ("touches.microlearning", touch.activity.title)
    assert not item.is_late(touch.due_at)
    assert item.is_late(touch.overdue_at)


def test_it_does_not_wait_once_it_is_done_nor_at_a_kickoff_that_is_archived():
    done = TouchFactory(done_at=datetime(2027, 2, 9, tzinfo=TouchFactory().due_at.tzinfo))
    archived = TouchFactory(activity__campaign__kickoff__status=Kickoff.Status.ARCHIVED)

    assert waiting(done, done.due_at) == []
    assert waiting(archived, archived.due_at) == []


@pytest.mark.parametrize("gone", GONE)
def test_nothing_waits_about_somebody_who_has_left(gone):
    touch = TouchFactory(
        activity__kind=Activity.Kind.MANAGER_FOLLOW_UP, about=PersonFactory(**gone)
    )

    assert waiting(touch, touch.due_at) == []


@pytest.mark.parametrize(
    ("activity", "kind", "page"),
    [
        ({"kind": Activity.Kind.CERTIFICATION}, "team.certification", "certifications"),
        ({"kind": Activity.Kind.MANAGER_FOLLOW_UP}, "team.one_to_one", "team"),
    ],
    ids=["a certification", "a 1:1"],
)
def test_what_a_manager_owes_a_rep_leads_to_the_page_that_does_it(activity, kind, page):
    about = PersonFactory()
    touch = TouchFactory(
        about=about, **{f"activity__{name}": what for name, what in activity.items()}
    )

    (item,) = waiting(touch, touch.due_at)

    assert (item.kind, item.about_id, item.note) == (kind, about.pk, about.display_name)
    assert f"/{page}/" in item.url


def test_it_costs_one_query_for_many(django_assert_num_queries):
    touches = TouchFactory.create_batch(12)

    with django_assert_num_queries(1):
        found = list(find([touch.person for touch in touches], touches[0].due_at))
    assert len(found) == 12
