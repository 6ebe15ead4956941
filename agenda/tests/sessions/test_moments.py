"""What a release of packets can wait for: each session that has a time, where it is now."""

from datetime import timedelta

import pytest

from agenda.tests.factories import SessionFactory, TraySessionFactory
from events.packets.delivery import hooks

pytestmark = pytest.mark.django_db


def test_each_session_with_a_time_is_a_moment_that_moves_with_it(django_assert_num_queries):
    session = SessionFactory(title="Comp session")
    TraySessionFactory(kickoff=session.kickoff)
    SessionFactory()
    key = f"session:{session.pk}"

    with django_assert_num_queries(1):
        (found,) = hooks.moments_of(session.kickoff)
    assert (found.key, found.label, found.at) == (key, "Comp session", session.starts_at)

    session.starts_at += timedelta(hours=1)
    session.save()
    assert hooks.moment_of(session.kickoff, key).at == session.starts_at

    session.delete()
    assert hooks.moment_of(session.kickoff, key) is None
