"""One link, two clicks at once; real concurrency, so on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from people.accounts import actions, queries
from people.tests.factories import PlannerFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_link_clicked_twice_at_once_is_accepted_once():
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=NOON
    )
    token = queries.invitation_token(invitation)
    start = Barrier(4)

    def accept(number):
        try:
            start.wait(timeout=10)
            actions.accept_invitation(token=token, password=f"password number {number}", at=NOON)
        except actions.InvitationRefused:
            return "refused"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(accept, range(4)))

    assert sorted(outcomes) == ["accepted", "refused", "refused", "refused"]
