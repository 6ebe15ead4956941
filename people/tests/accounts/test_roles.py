from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from people.accounts import actions, returns, roles
from people.accounts.models import Person, RoleChange
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PASSWORD = "correct horse battery"


@pytest.fixture
def planner():
    return PlannerFactory(full_name="Priya Raghunathan")


@pytest.fixture
def revops():
    return RevOpsFactory(full_name="Mateusz Nowak")


@pytest.fixture
def puppet(planner, revops):
    """Somebody whom a planner wants to read every packet."""
    puppet = PersonFactory(full_name="Pupa Marionette")
    actions.update_person(person=puppet, role="REVOPS", by=planner, at=NOON)
    return Person.objects.get(pk=puppet.pk)


def told(person):
    return list(Message.objects.filter(person=person).values_list("subject", flat=True))


def test_whoever_is_to_be_revops_waits_for_one_of_them(puppet, planner, revops):
    assert puppet.role == ""
    assert puppet.role_change.asked_by == planner
    assert told(revops) == ["Pupa Marionette is to be RevOps: confirm or refuse"]
    assert Entry.objects.get(subject=puppet).verb == "person.role_asked"


def test_an_invited_puppet_is_not_revops_either(planner, revops):
    actions.invite_person(
        email="dana@elsewhere.example", full_name="Dana", role="REVOPS", by=planner, at=NOON
    )

    dana = Person.objects.get(email="dana@elsewhere.example")
    assert dana.role == ""
    assert dana.role_change.asked_by == planner


def test_once_agreed_to_they_are_revops_and_the_trail_says_by_whom(puppet, revops):
    roles.agree_to_role(change_id=puppet.role_change.pk, by=revops, at=NOON + HOUR)

    assert Person.objects.get(pk=puppet.pk).is_revops
    assert not RoleChange.objects.exists()
    entry = Entry.objects.get(verb="person.role_changed")
    assert (entry.actor, entry.note) == (revops, " → REVOPS")


def test_refused_they_stay_what_they_were_and_whoever_asked_is_told(puppet, planner, revops):
    roles.refuse_role(change_id=puppet.role_change.pk, by=revops, at=NOON + HOUR)

    assert Person.objects.get(pk=puppet.pk).role == ""
    assert told(planner) == ["Pupa Marionette is not RevOps"]


@pytest.mark.parametrize("act", [roles.agree_to_role, roles.refuse_role])
def test_only_revops_decides_and_only_once(puppet, planner, revops, act):
    change_id = puppet.role_change.pk
    for other in (planner, puppet):
        with pytest.raises(roles.RoleRefused, match="Only RevOps"):
            act(change_id=change_id, by=other, at=NOON)

    act(change_id=change_id, by=revops, at=NOON)

    with pytest.raises(roles.RoleRefused, match="decided"):
        act(change_id=change_id, by=revops, at=NOON)


def test_another_role_takes_the_place_of_the_one_that_waits(puppet, planner):
    actions.update_person(person=puppet, role="EXECUTIVE", by=planner, at=NOON + HOUR)

    assert Person.objects.get(pk=puppet.pk).role == "EXECUTIVE"
    assert not RoleChange.objects.exists()


@pytest.mark.parametrize("role", ["", "PLANNER"])
def test_the_last_of_revops_keeps_the_role_so_that_the_next_one_waits(planner, revops, role):
    with pytest.raises(actions.PersonRefused, match="Nobody else is RevOps"):
        actions.update_person(person=revops, role=role, by=planner, at=NOON)
    actions.deactivate_person(person=revops, by=planner, at=NOON)

    friend = PersonFactory()
    actions.update_person(person=friend, role="REVOPS", by=planner, at=NOON)

    assert Person.objects.get(pk=friend.pk).role == ""
    assert Person.objects.get(pk=revops.pk).is_revops


def test_one_of_two_may_leave_the_role(planner, revops):
    other = RevOpsFactory()

    actions.update_person(person=other, role="", by=planner, at=NOON)

    assert Person.objects.get(pk=other.pk).role == ""


def test_one_who_may_not_sign_in_is_not_another_one(planner, revops):
    RevOpsFactory(is_active=False)

    with pytest.raises(actions.PersonRefused, match="Nobody else is RevOps"):
        actions.update_person(person=revops, role="", by=planner, at=NOON)


def test_whoever_was_revops_and_is_let_in_again_waits_for_one_of_them(planner, revops):
    former = RevOpsFactory(is_active=False, full_name="Former Friend")

    actions.reactivate_person(person=former, by=planner, at=NOON)
    returns.agree_to_all(by=revops, at=NOON)

    former = Person.objects.get(pk=former.pk)
    assert (former.is_active, former.role) == (True, "")
    assert told(revops) == ["Former Friend is to be RevOps: confirm or refuse"]
    roles.agree_to_role(change_id=former.role_change.pk, by=revops, at=NOON + HOUR)
    assert Person.objects.get(pk=former.pk).is_revops


def test_nobody_comes_back_as_revops_by_shutting_out_those_who_are(planner, revops):
    former = RevOpsFactory(is_active=False)
    actions.deactivate_person(person=revops, by=planner, at=NOON)

    actions.reactivate_person(person=former, by=planner, at=NOON)

    assert not Person.objects.get(pk=former.pk).is_revops
    actions.reactivate_person(person=revops, by=planner, at=NOON)
    assert Person.objects.get(pk=revops.pk).is_revops


@pytest.mark.parametrize(
    ("said", "role", "sentence"),
    [({"agree": "1"}, "REVOPS", "is RevOps now"), ({}, "", "is not RevOps")],
)
def test_revops_decides_on_the_page_of_changes(client, puppet, revops, said, role, sentence):
    client.force_login(revops)
    url = reverse("people:changes:decide_role", args=[puppet.role_change.pk])
    asked = client.post(url, said)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=puppet.pk).role == ""

    client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})
    assert "Pupa Marionette" in client.get(reverse("people:changes:list")).content.decode()
    page = client.post(url, said, follow=True).content.decode()

    assert sentence in page
    assert Person.objects.get(pk=puppet.pk).role == role


def test_the_command_line_lets_somebody_in_where_nobody_is_left_to_agree(puppet, revops):
    call_command("let_in_revops", puppet.email.upper(), verbosity=0)

    assert Person.objects.get(pk=puppet.pk).is_revops
    assert not RoleChange.objects.exists()
    assert Entry.objects.get(verb="person.role_changed").actor is None
    assert "Pupa Marionette reads packets now" in told(revops)


def test_the_command_line_names_an_address_that_nobody_has():
    with pytest.raises(CommandError, match=r"nobody@x\.example"):
        call_command("let_in_revops", "nobody@x.example")
