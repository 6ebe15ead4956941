import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from people.accounts import actions
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import (
    PersonFactory,
    PlannerFactory,
    RegionFactory,
    RevOpsFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LIST = reverse_lazy("people:accounts:list")


@pytest.fixture
def planner(client):
    person = PlannerFactory(full_name="Priya Raghunathan")
    client.force_login(person)
    return person


def form_data(person, **changes):
    """What a browser posts when a planner saves the form as it stands, with changes."""
    return {
        "full_name": person.full_name,
        "email": person.email,
        "function": person.function,
        "role": person.role,
        "manager": person.manager.email if person.manager else "",
        "region": person.region_id or "",
        "team": person.team_id or "",
        "time_zone": person.time_zone,
        "job_title": person.job_title,
        **changes,
    }


def edit_url(person):
    return reverse("people:accounts:edit", args=[person.pk])


def confirm_it_is_me(client, url):
    """What the page in between asks for; then the posted form goes on."""
    return client.post(f"{reverse('account_reauthenticate')}?next={url}", {"password": PASSWORD})


# The list


def queries_for(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_takes_the_same_queries_for_one_three_and_many(client, planner):
    boss = PersonFactory(team=TeamFactory())
    counts = []
    for more in (1, 2, 57):
        for _ in range(more):
            PersonFactory(manager=boss, team=boss.team, region=boss.team.region)
        counts.append(queries_for(client, LIST))

    assert counts[0] == counts[1] == counts[2] <= 12


def test_the_list_is_searched_narrowed_and_sorted(client, planner):
    emea = RegionFactory(name="EMEA")
    PersonFactory(full_name="Łukasz Żółtowski", region=emea, job_title="Enterprise AE")
    PersonFactory(full_name="Ольга Шевченко", region=emea)
    PersonFactory(full_name="Thabo Nkosi", is_active=False)

    def names(query):
        return [row.full_name for row in client.get(f"{LIST}?{query}").context["page"].rows]

    assert names("q=Шевч") == ["Ольга Шевченко"]
    assert names("q=enterprise") == ["Łukasz Żółtowski"]
    assert set(names(f"region={emea.pk}")) == {"Łukasz Żółtowski", "Ольга Шевченко"}
    assert names("access=no") == ["Thabo Nkosi"]
    assert "Priya Raghunathan" in names("role=PLANNER")
    assert names("sort=-name")[-2:] == ["Priya Raghunathan", "Łukasz Żółtowski"]


def test_the_list_says_who_never_signed_in(client, planner):
    actions.invite_person(email="a@example.com", full_name="A", by=planner, at=timezone.now())

    page = client.get(f"{LIST}?access=never").content.decode()

    assert "Invited" in page


# Inviting


def test_a_planner_invites_a_person(client, planner):
    team = TeamFactory(region=RegionFactory(name="EMEA"))

    response = client.post(
        reverse("people:accounts:invite"),
        {
            "full_name": "Νίκος Παπαδόπουλος",
            "email": "Nikos@Example.com",
            "function": "ENABLEMENT",
            "time_zone": "Europe/Athens",
            "country": "gr",
            "language": "de",
            "team": team.pk,
            "manager": planner.full_name,
        },
    )

    person = Person.objects.get(email="nikos@example.com")
    assert response.url == reverse("people:accounts:detail", args=[person.pk])
    assert (person.country, person.language, person.team, person.region, person.manager) == (
        "GR",
        "de",
        team,
        team.region,
        planner,
    )
    assert Message.objects.get().person == person


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "no-address", "valid email"),
        ("full_name", "", "required"),
        ("manager", "Nobody Known", "Nobody here is called"),
        ("country", "Portugal", "2 characters"),
        ("country", "1x", "two letters"),
        ("time_zone", "Mars/Base", "valid choice"),
        ("function", "BOSS", "valid choice"),
        ("language", "tlh", "valid choice"),
        ("top_performer_year", "27", "four digits"),
        ("hire_date", "soon", "valid date"),
        ("leave_date", "soon", "valid date"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, planner, field, value, words):
    person = PersonFactory()

    page = client.post(edit_url(person), form_data(person, **{field: value}))

    assert words in str(page.context["form"].errors[field])


def test_a_planner_writes_down_the_last_day_and_it_is_not_before_the_first(client, planner):
    person = PersonFactory(hire_date=date(2024, 9, 2))
    said = form_data(person, hire_date="2024-09-02")

    page = client.post(edit_url(person), {**said, "leave_date": "2024-09-01"})
    assert "before the day of hire" in str(page.context["form"].errors["leave_date"])

    client.post(edit_url(person), {**said, "leave_date": "2027-05-31"})
    person.refresh_from_db()
    assert person.leave_date == date(2027, 5, 31)
    shown = client.get(reverse("people:accounts:detail", kwargs={"person_id": person.pk}))
    assert "Mon 31 May 2027" in shown.content.decode()


def test_a_team_of_another_region_is_refused(client, planner):
    team, elsewhere = TeamFactory(region=RegionFactory(name="EMEA")), RegionFactory(name="Americas")
    person = PersonFactory()

    page = client.post(edit_url(person), form_data(person, team=team.pk, region=elsewhere.pk))

    assert "belongs to EMEA" in str(page.context["form"].errors["team"])


def test_an_address_that_is_taken_is_said_beside_it(client, planner):
    PersonFactory(email="taken@example.com")

    page = client.post(
        reverse("people:accounts:invite"),
        form_data(PersonFactory.build(), email="Taken@example.com"),
    )

    assert "already" in str(page.context["form"].errors["email"])


# Changing


def test_saving_the_form_as_it_stands_changes_nothing(client, planner):
    person = PersonFactory(manager=PersonFactory(), team=TeamFactory(), region=None)
    person.region = person.team.region
    person.save()

    assert client.post(edit_url(person), form_data(person)).status_code == 302
    assert not Entry.objects.exists()


def test_a_planner_moves_a_person_under_another_manager(client, planner):
    person, boss = PersonFactory(), PersonFactory(full_name="Søren Lindqvist-Ødegaard")

    client.post(edit_url(person), form_data(person, manager="søren Lindqvist-Ødegaard"))

    person.refresh_from_db()
    assert person.manager == boss


def test_a_circle_is_named_beside_the_manager(client, planner):
    boss = PersonFactory(full_name="Søren")
    rep = PersonFactory(full_name="Aïcha", manager=boss)

    page = client.post(edit_url(boss), form_data(boss, manager=rep.email))

    assert "Søren → Aïcha → Søren" in str(page.context["form"].errors["manager"])


def test_a_new_role_asks_who_is_there_and_then_goes_on(client, planner):
    person = PersonFactory()
    url = edit_url(person)

    response = client.post(url, form_data(person, role="REVOPS"))
    assert response.url == f"{reverse('account_reauthenticate')}?next={quote(url, safe='')}"
    assert Person.objects.get(pk=person.pk).role == ""

    confirm_it_is_me(client, url)
    assert Person.objects.get(pk=person.pk).role == "REVOPS"
    assert Entry.objects.get(verb="person.role_changed").actor == planner


def test_a_wrong_password_in_between_changes_nothing(client, planner):
    person = PersonFactory()
    client.post(edit_url(person), form_data(person, role="REVOPS"))

    client.post(
        f"{reverse('account_reauthenticate')}?next={edit_url(person)}", {"password": "wrong"}
    )

    assert Person.objects.get(pk=person.pk).role == ""


# Attacks


def test_a_planner_cannot_post_a_role_for_themselves(client, planner):
    page = client.get(edit_url(planner))
    assert "role" not in page.context["form"].fields

    client.post(edit_url(planner), form_data(planner, role="REVOPS", job_title="Boss"))

    planner.refresh_from_db()
    assert (planner.role, planner.job_title) == ("PLANNER", "Boss")


@pytest.mark.parametrize(
    "field", ["role", "is_staff", "is_superuser", "manager", "email", "function"]
)
def test_a_profile_takes_nothing_but_name_and_zone(client, field):
    rep = PersonFactory(email="rep@example.com")
    client.force_login(rep)
    before = {name: getattr(rep, name) for name in (field,)}

    client.post(
        reverse("people:accounts:profile"),
        {"preferred_name": "Kate", "time_zone": "UTC", field: "REVOPS"},
    )

    rep.refresh_from_db()
    assert rep.preferred_name == "Kate"
    assert getattr(rep, field) == before[field]


@pytest.mark.parametrize("factory", [PersonFactory, RevOpsFactory])
def test_nobody_but_a_planner_posts_to_what_changes_people(client, factory):
    rep = PersonFactory()
    client.force_login(factory())

    for name in ("edit", "invite_again", "deactivate", "reactivate"):
        url = reverse(f"people:accounts:{name}", args=[rep.pk])
        assert client.post(url, form_data(rep, role="PLANNER")).status_code == 404
    assert Person.objects.get(pk=rep.pk).role == ""


@pytest.mark.parametrize("person_id", [0, 999_999_999, 2**63 - 1])
def test_a_guessed_id_is_not_here(client, planner, person_id):
    assert client.get(reverse("people:accounts:detail", args=[person_id])).status_code == 404


def test_a_name_that_is_a_script_stays_a_name(client, planner):
    person = PersonFactory(full_name="<script>alert(1)</script>", job_title='"><img src=x>')

    for url in (LIST, reverse("people:accounts:detail", args=[person.pk]), edit_url(person)):
        assert "<script>alert" not in client.get(url).content.decode()
        assert "<img src=x" not in client.get(url).content.decode()


# One person


def test_a_person_page_shows_managers_reports_and_history(client, planner):
    boss = PersonFactory(full_name="Ngozi")
    person = PersonFactory(full_name="Søren", manager=boss)
    PersonFactory(full_name="Aïcha", manager=person)
    actions.update_person(person=person, job_title="Director", by=planner, at=timezone.now())

    page = client.get(reverse("people:accounts:detail", args=[person.pk])).content.decode()

    assert re.search("Ngozi.*Aïcha.*Details changed", page, re.DOTALL)


def test_history_is_for_planners_only(client, planner):
    person = PersonFactory()
    actions.update_person(person=person, job_title="Director", by=planner, at=timezone.now())
    client.force_login(RevOpsFactory())

    page = client.get(reverse("people:accounts:detail", args=[person.pk]))

    assert "Details changed" not in page.content.decode()


def test_deactivating_and_reactivating_from_the_page(client, planner):
    person = PersonFactory()

    client.post(reverse("people:accounts:deactivate", args=[person.pk]))
    assert not Person.objects.get(pk=person.pk).is_active
    page = client.get(reverse("people:accounts:detail", args=[person.pk])).content.decode()
    assert "Reactivate" in page
    client.post(reverse("people:accounts:reactivate", args=[person.pk]))
    assert Person.objects.get(pk=person.pk).is_active


def test_a_planner_cannot_deactivate_themselves_by_post(client, planner):
    client.post(reverse("people:accounts:deactivate", args=[planner.pk]))

    assert Person.objects.get(pk=planner.pk).is_active


def test_inviting_again_from_the_page(client, planner):
    actions.invite_person(email="a@example.com", full_name="A", by=planner, at=timezone.now())
    person = Person.objects.get(email="a@example.com")

    client.post(reverse("people:accounts:invite_again", args=[person.pk]))

    assert Message.objects.filter(person=person).count() == 2
