"""One manager in two windows; real row locks, so on PostgreSQL."""

import pytest

from core.tests.races import at_once
from events.tests.factories import PreworkItemFactory
from events.tests.world import build_world
from people.activity.models import Entry
from people.notices.models import Notice
from reinforcement.coaching import actions

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_a_rep_who_is_nudged_twice_at_once_is_nudged_once(attempt):
    world = build_world()
    late = PreworkItemFactory(person=world["rep"], assignment__kickoff=world.kickoff)

    def nudge():
        return actions.nudge_report(
            kickoff=world.kickoff,
            rep=world["rep"],
            by=world["manager"],
            at=late.assignment.due_at,
        )

    done = at_once(nudge, times=2, refusals=actions.NoteRefused)

    assert sum(isinstance(one, actions.NoteRefused) for one in done) == 1
    assert Notice.objects.filter(person=world["rep"], kind="coaching.nudged").count() == 1
    assert Entry.objects.filter(verb="coaching.nudged").count() == 1
