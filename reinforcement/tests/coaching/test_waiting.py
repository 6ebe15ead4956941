from datetime import UTC, date, datetime

import pytest

from events.kickoff.models import Kickoff
from reinforcement.coaching.waiting import find
from reinforcement.tests.factories import NoteFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 2, 23, 12, tzinfo=UTC)
STEP = {"next_step": "Book the CFO call", "next_step_by": date(2027, 2, 26)}


def test_a_next_step_waits_for_its_rep_until_the_end_of_its_day_where_they_are():
    note = NoteFactory(**STEP, rep__time_zone="America/New_York")

    (item,) = find([note.rep, note.manager], AT)

    assert (item.person_id, item.title) == (note.rep_id, "Book the CFO call")
    assert item.due_at == datetime(2027, 2, 27, 5, tzinfo=UTC)
    assert item.act.url.endswith(f"/notes/{note.pk}/step/")


@pytest.mark.parametrize(
    "changes",
    [
        {"next_step": "", "next_step_by": None},
        {"step_done_at": AT},
        {"kickoff__status": Kickoff.Status.ARCHIVED},
    ],
    ids=["without a step", "ticked", "of an archived kickoff"],
)
def test_it_does_not_wait(changes):
    note = NoteFactory(**(STEP | changes))

    assert list(find([note.rep], AT)) == []


def test_without_a_day_it_is_never_late():
    note = NoteFactory(next_step="Book the CFO call")

    assert [item.is_late(AT.replace(year=2030)) for item in find([note.rep], AT)] == [False]


def test_it_costs_one_query_for_many(django_assert_num_queries):
    notes = NoteFactory.create_batch(12, **STEP)

    with django_assert_num_queries(1):
        assert len(list(find([note.rep for note in notes], AT))) == 12
