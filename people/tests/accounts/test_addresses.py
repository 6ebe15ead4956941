"""A planner who takes over an account by its address: it waits for the old one, or for RevOps."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from people.accounts import actions, addresses
from people.accounts.models import AddressChange, Person
from people.activity.models import Entry
from people.mail.actions import send_due
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
PASSWORD = "correct horse battery"
OLD, NEW = "soren@meridane.example", "mailbox.of@planner.example"


@pytest.fixture
def planner():
    return PlannerFactory(full_name="Priya Raghunathan")


@pytest.fixture
def manager():
    return PersonFactory(full_name="Søren Lindqvist", email=OLD)


@pytest.fixture
def revops():
    return RevOpsFactory()


def ask(manager, planner, email=NEW, at=NOON):
    actions.update_person(person=manager, email=email, by=planner, at=at)
    return AddressChange.objects.get()


def link_of(change):
    body = Message.objects.get(key__startswith=f"address-asked:{change.pk}:").body
    return re.search(r"/people/changes/agree/\S+", body)[0]


def address_of(person):
    return Person.objects.get(pk=person.pk).email


def test_a_new_address_waits_and_the_old_one_signs_in_until_then(planner, manager, client):
    change = ask(manager, planner)

    assert (change.person, change.email, change.asked_by, change.asked_at) == (
        manager,
        NEW,
        planner,
        NOON,
    )
    assert (address_of(manager), manager.email) == (OLD, OLD)
    for path, name in (
        ("account_request_login_code", "email"),
        ("account_reset_password", "email"),
    ):
        Client().post(reverse(path), {name: NEW})
    assert not Message.objects.filter(to_email=NEW).exists()
    assert client.login(email=OLD, password=PASSWORD)


@pytest.mark.parametrize("who", ["manager", "planner", "never signed in"])
def test_it_waits_whoever_it_is(who, planner, manager):
    person = {"manager": manager, "planner": planner, "never signed in": PersonFactory()}[who]
    before = person.email

    ask(person, planner)

    assert address_of(person) == before


def test_an_invitation_sent_again_goes_to_the_old_address(planner, manager):
    ask(manager, planner)

    actions.invite_again(person=manager, by=planner, at=LATER)

    assert Message.objects.get(key__startswith="invitation").to_email == OLD


def test_a_deactivated_account_does_not_come_back_under_another_address(planner, revops):
    actions.deactivate_person(person=revops, by=planner, at=NOON)
    ask(revops, planner)
    actions.reactivate_person(person=revops, by=planner, at=LATER)

    assert address_of(revops) != NEW


def test_the_old_address_agrees_by_its_link(planner, manager):
    EmailAddress.objects.create(user=manager, email=OLD, primary=True, verified=True)
    url = link_of(ask(manager, planner))

    assert NEW in Client().get(url).content.decode()
    assert address_of(manager) == OLD
    page = Client().post(url, {"agree": "1"})

    assert (page.status_code, address_of(manager)) == (200, NEW)
    assert not EmailAddress.objects.exists()
    assert not AddressChange.objects.exists()
    entry = Entry.objects.get(verb="person.email_changed")
    assert (entry.actor, entry.subject, entry.note) == (manager, manager, f"{OLD} → {NEW}")
    assert Message.objects.filter(key__startswith="address-changed", to_email=OLD).exists()
    assert Client().get(url).status_code == 410
    assert Client().post(url, {"agree": "1"}).status_code == 410


def test_the_old_address_says_no_and_who_asked_is_told(planner, manager):
    url = link_of(ask(manager, planner))

    Client().post(url, {})

    assert address_of(manager) == OLD
    assert not AddressChange.objects.exists()
    assert Message.objects.filter(key__startswith="address-refused", person=planner).exists()
    assert Entry.objects.filter(verb="person.email_refused", actor=manager).exists()


def test_the_link_goes_to_the_old_address_alone_and_its_text_is_not_kept(
    planner, manager, revops, mailoutbox
):
    change = ask(manager, planner)
    url = link_of(change)

    send_due(at=NOON)

    assert [mail.to for mail in mailoutbox if url in mail.body] == [[OLD]]
    assert {mail.to[0] for mail in mailoutbox} == {OLD, revops.email}
    assert not Message.objects.filter(body__contains=url).exists()


def test_the_newest_takes_the_place_of_one_that_waits(planner, manager):
    first = link_of(ask(manager, planner, "first@planner.example"))

    change = ask(manager, planner, at=LATER)

    assert change.email == NEW
    assert Client().post(first, {"agree": "1"}).status_code == 410
    assert address_of(manager) == OLD


def test_changing_something_else_leaves_what_waits(planner, manager):
    change = ask(manager, planner)

    actions.update_person(person=manager, email=OLD, job_title="Head", by=planner, at=LATER)

    assert AddressChange.objects.get() == change


def test_the_same_address_in_other_letters_is_no_other_address(planner):
    person = PersonFactory(email="Ana.Alvarez@meridane.example")

    actions.update_person(person=person, email=person.email.lower(), by=planner, at=NOON)

    assert not AddressChange.objects.exists()


def test_planners_agree_to_nothing(planner, manager):
    change = ask(manager, planner)

    for act in (addresses.agree_to_address, addresses.refuse_address):
        with pytest.raises(addresses.AddressRefused, match="Only RevOps"):
            act(change_id=change.pk, by=planner, at=LATER)

    assert AddressChange.objects.get() == change
    assert address_of(manager) == OLD


def test_revops_agrees_once(planner, manager, revops):
    change = ask(manager, planner)

    addresses.agree_to_address(change_id=change.pk, by=revops, at=LATER)

    assert address_of(manager) == NEW
    with pytest.raises(addresses.AddressRefused, match="in the meantime"):
        addresses.agree_to_address(change_id=change.pk, by=revops, at=LATER)


def test_an_address_that_somebody_got_meanwhile_is_not_given_twice(planner, manager, revops):
    change = ask(manager, planner)
    PersonFactory(email=NEW)

    with pytest.raises(addresses.AddressRefused, match="by now"):
        addresses.agree_to_address(change_id=change.pk, by=revops, at=LATER)

    assert (address_of(manager), AddressChange.objects.get()) == (OLD, change)


@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:forged", "%00"])
def test_a_forged_link_agrees_to_nothing(planner, manager, token):
    ask(manager, planner)

    assert Client().post(f"/people/changes/agree/{token}/", {"agree": "1"}).status_code == 410
    assert address_of(manager) == OLD


def test_one_address_waits_at_a_time(planner, manager):
    ask(manager, planner)

    with pytest.raises(IntegrityError):
        AddressChange.objects.create(person=manager, email="x@x.example", asked_at=NOON)


def test_the_page_and_the_api_say_that_it_waits(planner, manager, client):
    ask(manager, planner)
    client.force_login(planner)

    page = client.get(reverse("people:accounts:detail", args=[manager.pk])).content.decode()
    row = client.get(f"/api/v1/people/{manager.pk}/").json()

    assert NEW in page
    assert (row["email"], row["email_waits"], row["manager_waits"]) == (OLD, True, False)


def test_the_api_answers_that_the_address_waits(planner, manager, client):
    client.force_login(planner)
    client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})

    answer = client.patch(
        f"/api/v1/people/{manager.pk}/", {"email": NEW}, content_type="application/json"
    )

    assert answer.status_code == 200
    assert (answer.json()["email"], answer.json()["email_waits"]) == (OLD, True)
