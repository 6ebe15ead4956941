from datetime import date, timedelta

import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from people.accounts.models import Person
from people.calendar.models import ClosingDay, Leave
from people.tests.accounts.test_views import edit_url, form_data
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
DAYS = reverse_lazy("people:calendar:closing_days")
SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def planner(client):
    person = PlannerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def rep(client):
    person = PersonFactory(time_zone="Europe/London", country="GB")
    client.force_login(person)
    return person


def _leave(person):
    return reverse("people:calendar:leave", args=[person.pk])


def test_a_planner_adds_a_closing_day_and_removes_it(client, planner):
    client.post(DAYS, {"date": SOON.isoformat(), "country": "Portugal", "name": "Bridge"})
    day = ClosingDay.objects.get()

    page = client.get(DAYS)
    client.post(reverse("people:calendar:remove_closing_day", args=[day.pk]))

    assert (day.date, day.country, day.name) == (SOON, "PT", "Bridge")
    assert list(page.context["days"]) == [day]
    assert not ClosingDay.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [({"date": ""}, "required"), ({"country": "Atlantis"}, "no country"), ({}, "already")],
)
def test_a_closing_day_that_is_none_is_refused_in_words(client, planner, said, words):
    ClosingDay.objects.create(date=SOON)

    answer = client.post(DAYS, {"date": SOON.isoformat(), "country": "", "name": ""} | said)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_somebody_notes_their_own_leave_and_takes_it_back(client, rep):
    first = client.post(_leave(rep), {"starts_date": SOON.isoformat(), "ends_date": ""})
    leave = Leave.objects.get()
    gone = reverse("people:calendar:remove_leave", args=[rep.pk, leave.pk])

    answers = [client.post(gone).status_code for _ in range(2)]

    assert first.url == _leave(rep)
    assert (leave.person, leave.starts_date, leave.ends_date) == (rep, SOON, SOON)
    assert answers == [302, 302]
    assert not Leave.objects.exists()


def test_leave_that_is_over_is_not_shown(client, rep):
    Leave.objects.create(person=rep, starts_date=date(2020, 1, 6), ends_date=date(2020, 1, 10))

    assert list(client.get(_leave(rep)).context["leaves"]) == []


def test_a_person_s_page_says_which_part_of_the_country_is_guessed(client, rep):
    page = client.get(reverse("people:accounts:detail", args=[rep.pk])).content.decode()

    assert "ENG" in page
    assert "guessed from the time zone" in page


@pytest.mark.parametrize(("said", "code"), [("England", "ENG"), ("gb-sct", "SCT"), ("", "")])
def test_a_planner_writes_a_part_of_a_country_by_code_or_name(client, planner, said, code):
    person = PersonFactory(country="GB")

    client.post(edit_url(person), form_data(person, country="GB", subdivision=said))

    assert Person.objects.get(pk=person.pk).subdivision == code


@pytest.mark.parametrize(
    ("country", "words"), [("GB", "is no part of GB"), ("", "Say first in which country")]
)
def test_a_part_that_a_country_does_not_have_is_refused_in_words(client, planner, country, words):
    person = PersonFactory()

    answer = client.post(edit_url(person), form_data(person, country=country, subdivision="ZH"))

    assert words in answer.content.decode()
    assert Person.objects.get(pk=person.pk).subdivision == ""


def test_the_api_takes_a_part_of_the_country_and_refuses_another(client, planner):
    person = PersonFactory(country="CA")
    url = reverse("api:people-detail", args=[person.pk])

    answers = [
        client.patch(url, {"subdivision": part}, content_type="application/json").status_code
        for part in ("on", "ENG")
    ]

    assert answers == [200, 400]
    assert Person.objects.get(pk=person.pk).subdivision == "ON"
