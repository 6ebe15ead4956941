"""One link, two clicks at once; real concurrency, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from people.accounts import actions, queries
from people.tests.factories import PlannerFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_link_clicked_twice_at_once_is_accepted_once():
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=NOON
    )
    token = queries.invitation_token(invitation)

    def accept(number):
        return lambda: actions.accept_invitation(
            token=token, password=f"password number {number}", at=NOON
        )

    done = at_once(*map(accept, range(4)), refusals=actions.InvitationRefused)

    assert sum(isinstance(one, actions.InvitationRefused) for one in done) == 3
