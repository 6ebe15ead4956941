"""Two planners at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from agenda.sessions import actions
from agenda.sessions.models import Release
from agenda.tests.factories import RoomFactory, SessionFactory
from core.tests.races import at_once
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.notices.models import Notice

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_an_agenda_released_twice_at_once_goes_out_once(attempt):
    kickoff = KickoffFactory()
    AttendeeFactory(kickoff=kickoff)
    SessionFactory(
        kickoff=kickoff,
        room=RoomFactory(kickoff=kickoff),
        starts_at=datetime(2027, 2, 2, 10, tzinfo=UTC),
    )

    done = at_once(
        lambda: actions.release_agenda(
            kickoff=kickoff, by=kickoff.owner, at=NOON, override_reason="Known."
        ),
        times=2,
        refusals=actions.ReleaseRefused,
    )

    assert sum(isinstance(one, actions.ReleaseRefused) for one in done) == 1
    assert Release.objects.get().number == 1
    assert Notice.objects.count() == 1
