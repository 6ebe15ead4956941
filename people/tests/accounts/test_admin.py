import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from people.accounts.models import Person
from people.tests.factories import MessageFactory, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

SHOWN = {"Person", "Region", "Team", "Invitation", "Message", "Entry"}


@pytest.fixture
def operator(client):
    person = PersonFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def test_the_admin_site_shows_accounts_and_trails_and_nothing_else():
    ours = {model.__name__ for model in admin.site._registry}

    assert ours == SHOWN


def test_the_admin_site_is_for_staff_only(client):
    client.force_login(PlannerFactory())

    assert client.get("/admin/").status_code in (302, 403)
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/people/person/").status_code in (302, 403)


def test_signing_in_to_the_admin_site_goes_through_the_rate_limited_page(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    posted = client.post("/admin/login/", {"username": "x@example.com", "password": "guess"})
    assert posted.status_code == 302
    assert posted.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("model", sorted(SHOWN))
def test_each_list_opens(client, operator, model):
    MessageFactory()

    assert client.get(f"/admin/people/{model.lower()}/?q=a").status_code == 200


def test_the_text_of_a_message_is_not_shown(client, operator):
    message = MessageFactory(body="Your code is 1234-5678")

    page = client.get(f"/admin/people/message/{message.pk}/change/")

    assert page.status_code == 200
    assert b"1234-5678" not in page.content


def test_the_trail_is_not_changed_by_anybody(client, operator):
    assert client.get("/admin/people/entry/add/").status_code == 403


def test_roles_are_not_changed_here(client, operator):
    rep = PersonFactory()

    client.post(f"/admin/people/person/{rep.pk}/change/", {"role": "REVOPS", "is_staff": "on"})

    rep.refresh_from_db()
    assert rep.role == ""
    assert rep.is_staff


def test_staff_without_all_rights_give_themselves_none(client):
    person = PersonFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__endswith="person"))
    client.force_login(person)

    client.post(f"/admin/people/person/{person.pk}/change/", {"is_superuser": "on"})

    assert not Person.objects.get(pk=person.pk).is_superuser
