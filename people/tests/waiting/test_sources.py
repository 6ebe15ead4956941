"""Mails that did not go out, and changes to confirm: for whom they wait."""

from datetime import UTC, datetime

import pytest

from people.changes import waiting as changes
from people.mail import waiting as mail
from people.mail.models import Message
from people.tests.factories import MessageFactory, PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 2, 3, 12, tzinfo=UTC)


def test_mails_that_did_not_go_out_wait_for_every_planner(django_assert_num_queries):
    people = [*PlannerFactory.create_batch(2), PersonFactory()]
    MessageFactory.create_batch(3, state=Message.State.DEAD)

    with django_assert_num_queries(1):
        found = list(mail.find(people, NOW))

    assert [(item.person_id, item.count) for item in found] == [
        (person.pk, 3) for person in people[:2]
    ]


def test_changes_to_confirm_wait_for_revops(django_assert_num_queries):
    manager = PersonFactory()
    PersonFactory.create_batch(2, manager=manager, confirmed_manager=None)
    people = [RevOpsFactory(), PlannerFactory()]

    with django_assert_num_queries(1):
        found = list(changes.find(people, NOW))

    assert [(item.person_id, item.count) for item in found] == [(people[0].pk, 2)]


def test_nothing_is_asked_where_nobody_can_have_any(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(mail.find([PersonFactory.build()], NOW)) == []
        assert list(changes.find([PersonFactory.build()], NOW)) == []
