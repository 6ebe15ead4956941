from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from people.accounts import returns
from people.accounts.actions import deactivate_person, reactivate_person, update_person
from people.accounts.models import Person, ReturnChange
from people.accounts.returns import ReturnRefused
from people.keys.actions import make_token
from people.keys.models import ApiToken
from people.org.queries import is_here
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
LEFT = date(2026, 11, 30)


@pytest.fixture
def revops():
    return RevOpsFactory()


@pytest.fixture
def leaver():
    leaver = PersonFactory(full_name="Bo Ek", leave_date=LEFT)
    PersonFactory(manager=leaver, confirmed_manager=leaver)
    make_token(person=leaver, at=NOON)
    return leaver


def back(leaver, by):
    update_person(person=leaver, leave_date=None, by=by, at=NOON)
    leaver.refresh_from_db()
    return leaver


def test_who_had_left_is_not_back_before_revops_says_so(leaver, revops):
    back(leaver, PlannerFactory())

    assert not is_here(leaver, NOON)
    change = ReturnChange.objects.get()
    returns.agree_to_return(change_id=change.pk, by=revops, at=NOON)
    leaver.refresh_from_db()
    assert is_here(leaver, NOON)


def test_no_token_and_no_team_returns_by_itself(leaver, revops):
    back(leaver, PlannerFactory())
    returns.agree_to_all(by=revops, at=NOON)

    assert not ApiToken.objects.filter(person=leaver).exists()
    assert [one.manager for one in Person.objects.with_new_manager()] == [leaver]


def test_a_deactivated_account_opens_as_one_of_a_leaver_does(leaver, revops):
    planner = PlannerFactory()
    deactivate_person(person=leaver, by=planner, at=NOON)

    assert [reactivate_person(person=leaver, by=planner, at=NOON) for _ in range(2)] == [False] * 2

    leaver.refresh_from_db()
    assert not leaver.is_active
    returns.agree_to_return(change_id=ReturnChange.objects.get().pk, by=revops, at=NOON)
    leaver.refresh_from_db()
    assert is_here(leaver, NOON)
    assert Person.objects.with_new_manager().exists()


def test_refused_they_stay_as_one_who_has_left_and_it_is_decided_once(leaver, revops):
    back(leaver, PlannerFactory())
    change = ReturnChange.objects.get()

    returns.refuse_return(change_id=change.pk, by=revops, at=NOON)

    leaver.refresh_from_db()
    assert leaver.leave_date == LEFT
    with pytest.raises(ReturnRefused, match="decided"):
        returns.agree_to_return(change_id=change.pk, by=revops, at=NOON)


def test_a_planner_decides_nothing(leaver, revops):
    planner = PlannerFactory()
    back(leaver, planner)

    with pytest.raises(ReturnRefused, match="Only RevOps"):
        returns.agree_to_all(by=planner, at=NOON)


def test_before_anybody_is_revops_there_is_nobody_to_ask(leaver):
    assert is_here(back(leaver, PlannerFactory()), NOON)


def test_the_page_of_revops_names_them_and_all_are_confirmed_at_once(leaver, revops, client):
    back(leaver, PlannerFactory())
    back(PersonFactory(leave_date=LEFT), PlannerFactory())
    client.force_login(revops)
    client.post(
        f"{reverse('account_reauthenticate')}?next=/", {"password": "correct horse battery"}
    )

    assert "Bo Ek" in client.get(reverse("people:changes:list")).content.decode()
    client.post(reverse("people:changes:agree_to_returns"))

    assert not ReturnChange.objects.exists()
    leaver.refresh_from_db()
    assert leaver.leave_date is None
