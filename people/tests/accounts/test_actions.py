import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from people.accounts import actions, queries
from people.accounts.addresses import agree_to_address
from people.accounts.models import Invitation, Person
from people.accounts.roles import agree_to_role
from people.activity.models import Entry
from people.keys.actions import make_token
from people.keys.models import ApiToken
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def planner():
    return PlannerFactory(full_name="Priya Raghunathan")


@pytest.fixture
def invited(planner):
    invitation = actions.invite_person(
        email="Dana@Example.com", full_name="دانا الخطيب", by=planner, at=NOON
    )
    return invitation.person


def link_token(person):
    return queries.invitation_token(Invitation.objects.get(person=person))


def test_inviting_adds_a_person_without_a_password_and_queues_a_secret_mail(planner):
    invitation = actions.invite_person(
        email=" Dana@Example.com ",
        full_name="دانا الخطيب",
        function=Person.Function.ENABLEMENT,
        manager=planner,
        by=planner,
        at=NOON,
    )

    person = Person.objects.get(pk=invitation.person_id)
    assert person.email == "dana@example.com"
    assert person.manager == planner
    assert not person.has_usable_password()
    message = Message.objects.get()
    assert (message.person, message.to_email, message.is_secret) == (person, person.email, True)
    token = re.search(r"/people/welcome/(\S+)/", message.body)[1]
    assert queries.open_invitation(token, NOON) == invitation
    assert Entry.objects.get().verb == "person.invited"


def test_the_first_person_of_an_installation_can_invite_the_others():
    call_command(
        "createsuperuser",
        interactive=False,
        verbosity=0,
        email="first@example.com",
        full_name="First Planner",
    )
    first = Person.objects.get(email="first@example.com")

    actions.invite_person(
        email="mo@example.com", full_name="Mo", role=Person.Role.REVOPS, by=first, at=NOON
    )

    assert first.is_staff
    assert first.is_planner
    assert Person.objects.get(email="mo@example.com").is_revops


def test_only_planners_invite_and_change_people(planner):
    rep, revops = PersonFactory(), RevOpsFactory()

    for somebody in (rep, revops):
        with pytest.raises(actions.PersonRefused, match="Only planners"):
            actions.invite_person(email="a@example.com", full_name="A", by=somebody, at=NOON)
        with pytest.raises(actions.PersonRefused, match="Only planners"):
            actions.update_person(person=rep, role="PLANNER", by=somebody, at=NOON)
        with pytest.raises(actions.PersonRefused, match="Only planners"):
            actions.deactivate_person(person=planner, by=somebody, at=NOON)


@pytest.mark.parametrize("email", ["dana@example.com", "DANA@example.com"])
def test_one_address_is_one_person_whatever_the_case(planner, invited, email):
    with pytest.raises(actions.PersonRefused, match="e-mail address") as refusal:
        actions.invite_person(email=email, full_name="Somebody", by=planner, at=NOON)

    assert refusal.value.field == "email"
    assert Person.objects.filter(email__iexact=email).count() == 1


def test_one_employee_id_is_one_person(planner):
    PersonFactory(employee_id="E-2207")

    with pytest.raises(actions.PersonRefused, match="employee id") as refusal:
        actions.invite_person(
            email="b@example.com", full_name="B", employee_id="E-2207", by=planner, at=NOON
        )

    assert refusal.value.field == "employee_id"


def test_the_database_refuses_two_people_of_one_address(invited):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(email="DANA@EXAMPLE.COM")


def test_accepting_sets_the_password_and_uses_the_link_up(invited):
    token = link_token(invited)

    person = actions.accept_invitation(token=token, password="a long enough one", at=NOON + HOUR)

    person.refresh_from_db()
    assert person.check_password("a long enough one")
    assert person.invitation.accepted_at == NOON + HOUR
    with pytest.raises(actions.InvitationRefused):
        actions.accept_invitation(token=token, password="of an attacker", at=NOON + 2 * HOUR)
    assert Person.objects.get(pk=person.pk).check_password("a long enough one")


def test_accepting_without_a_password_leaves_none(invited):
    person = actions.accept_invitation(token=link_token(invited), at=NOON + HOUR)

    assert not person.has_usable_password()


def test_an_expired_link_lets_nobody_in(invited):
    token = link_token(invited)

    with pytest.raises(actions.InvitationRefused, match="expired"):
        actions.accept_invitation(token=token, at=NOON + 14 * DAY)


def test_a_forged_link_lets_nobody_in(invited):
    token = link_token(invited)

    other = "B" if token[0] == "A" else "A"
    for forged in ("", "x", token[:-2], f"{token}x", other + token[1:], "a:b:c"):
        with pytest.raises(actions.InvitationRefused):
            actions.accept_invitation(token=forged, at=NOON + HOUR)


def test_inviting_again_stops_the_link_before(planner, invited):
    old = link_token(invited)

    actions.invite_again(person=invited, by=planner, at=NOON + DAY)

    assert queries.open_invitation(old, NOON + DAY) is None
    assert queries.open_invitation(link_token(invited), NOON + DAY) is not None
    assert Message.objects.count() == 2


def test_whoever_was_only_imported_is_invited_as_well(planner):
    imported = PersonFactory()

    actions.invite_again(person=imported, by=planner, at=NOON)

    assert queries.open_invitation(link_token(imported), NOON) is not None


def test_whoever_has_signed_in_is_not_invited_again(planner, invited):
    invited.last_login = NOON
    invited.save()

    with pytest.raises(actions.PersonRefused, match="signed in already"):
        actions.invite_again(person=invited, by=planner, at=NOON)


def test_the_link_of_somebody_deactivated_lets_nobody_in(planner, invited):
    token = link_token(invited)
    actions.deactivate_person(person=invited, by=planner, at=NOON)

    with pytest.raises(actions.InvitationRefused):
        actions.accept_invitation(token=token, at=NOON + HOUR)
    with pytest.raises(actions.PersonRefused, match="deactivated"):
        actions.invite_again(person=invited, by=planner, at=NOON + HOUR)


def test_an_invitation_is_not_accepted_before_it_was_given(invited):
    with pytest.raises(IntegrityError, match="accepted_after_invited"), transaction.atomic():
        Invitation.objects.filter(person=invited).update(accepted_at=NOON - HOUR)


def test_a_role_a_manager_and_an_address_each_leave_an_entry(planner):
    boss, rep = PersonFactory(full_name="Søren"), PersonFactory(email="old@example.com")

    actions.update_person(
        person=rep,
        role=Person.Role.REVOPS,
        manager=boss,
        email="new@example.com",
        job_title="Analyst",
        by=planner,
        at=NOON,
    )

    rep.refresh_from_db()
    assert (rep.role, rep.manager, rep.email, rep.job_title) == (
        "REVOPS",
        boss,
        "old@example.com",
        "Analyst",
    )
    notes = dict(Entry.objects.values_list("verb", "note"))
    assert notes == {
        "person.role_changed": " → REVOPS",
        "person.email_asked": "old@example.com → new@example.com",
        "person.changed": "job_title",
        "person.manager_changed": "Søren",
    }


def test_nothing_changed_leaves_no_entry(planner):
    rep = PersonFactory(job_title="Account executive")

    actions.update_person(person=rep, job_title="Account executive", by=planner, at=NOON)

    assert not Entry.objects.exists()


def test_nobody_changes_their_own_role(planner):
    with pytest.raises(actions.PersonRefused, match="their own role"):
        actions.update_person(person=planner, role=Person.Role.REVOPS, by=planner, at=NOON)

    assert Person.objects.get(pk=planner.pk).role == "PLANNER"


def test_a_circle_of_managers_changes_nothing_at_all(planner):
    boss = PersonFactory(job_title="Manager")
    rep = PersonFactory(manager=boss)

    with pytest.raises(actions.PersonRefused, match="circle"):
        actions.update_person(person=boss, manager=rep, job_title="Chief", by=planner, at=NOON)

    assert Person.objects.get(pk=boss.pk).job_title == "Manager"
    assert not Entry.objects.exists()


def test_deactivating_keeps_everything_and_can_be_undone(planner):
    rep = PersonFactory()

    actions.deactivate_person(person=rep, by=planner, at=NOON)
    actions.deactivate_person(person=rep, by=planner, at=NOON)
    assert not Person.objects.get(pk=rep.pk).is_active
    actions.reactivate_person(person=rep, by=planner, at=NOON)

    assert Person.objects.get(pk=rep.pk).is_active
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["person.deactivated", "person.returned"]


def test_nobody_deactivates_themselves(planner):
    with pytest.raises(actions.PersonRefused, match="yourself"):
        actions.deactivate_person(person=planner, by=planner, at=NOON)


def test_a_profile_changes_name_and_zone_only():
    rep = PersonFactory(role="")

    actions.update_profile(by=rep, preferred_name="Kate", time_zone="Europe/Lisbon", at=NOON)

    rep.refresh_from_db()
    assert (rep.preferred_name, rep.time_zone, rep.role) == ("Kate", "Europe/Lisbon", "")


# Nobody becomes the manager of a seller by their own hand: managers read packets


def test_a_planner_invites_no_seller_into_their_own_line(planner):
    for manager in (planner, PersonFactory(manager=planner)):
        with pytest.raises(actions.PersonRefused, match="under yourself"):
            actions.invite_person(
                email="bo@example.com", full_name="Bo Ek", manager=manager, by=planner, at=NOON
            )

    assert not Person.objects.filter(email="bo@example.com").exists()


def test_nobody_under_a_planner_becomes_a_seller_by_that_planner(planner):
    report = PersonFactory(manager=planner, function=Person.Function.MARKETING)

    with pytest.raises(actions.PersonRefused, match="under yourself"):
        actions.update_person(person=report, function=Person.Function.SALES, by=planner, at=NOON)


def test_a_planner_moves_no_rep_under_themselves_whatever_function_they_write_with_it(planner):
    rep = PersonFactory()

    with pytest.raises(actions.PersonRefused, match="under yourself"):
        actions.update_person(
            person=rep, function=Person.Function.GUEST, manager=planner, by=planner, at=NOON
        )

    rep.refresh_from_db()
    assert (rep.function, rep.manager) == (Person.Function.SALES, None)


# Whoever is RevOps reads every packet, and a planner says who is


def test_revops_is_told_of_everybody_who_comes_to_read_packets(planner):
    mateusz = RevOpsFactory()
    friend = PersonFactory(full_name="A Friend")

    actions.update_person(person=friend, role="REVOPS", by=planner, at=NOON)
    agree_to_role(change_id=friend.role_change.pk, by=mateusz, at=NOON)
    actions.update_person(person=friend, email="elsewhere@example.com", by=planner, at=NOON + DAY)
    agree_to_address(change_id=friend.address_change.pk, by=friend, at=NOON + DAY)

    told = Message.objects.filter(person=mateusz, key__startswith="revops:")
    assert set(told.values_list("subject", flat=True)) == {"A Friend reads packets now"}
    assert all(planner.full_name in message.body for message in told)


def test_other_roles_are_no_news_for_revops(planner):
    RevOpsFactory()

    actions.update_person(person=PersonFactory(), role="EXECUTIVE", by=planner, at=NOON)

    assert not Message.objects.exists()


def test_a_deactivated_person_loses_their_key_to_the_api(planner):
    person = PersonFactory()
    make_token(person=person, at=NOON)

    actions.deactivate_person(person=person, by=planner, at=NOON)
    actions.reactivate_person(person=person, by=planner, at=NOON + DAY)

    assert not ApiToken.objects.exists()
