import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given

from core.tests.imports.texts import in_the_database, stored_texts
from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.mail.models import Message
from people.org.models import Region, Team
from people.tests.factories import PersonFactory, PlannerFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kickoff():
    return KickoffFactory(slug="sko")


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory(email="planner@x.example"))
    return client


def _url(name, **kwargs):
    return reverse(f"events:attendance:{name}", kwargs={"slug": "sko", **kwargs})


def _fill(kickoff, count):
    team = TeamFactory()
    boss = PersonFactory()
    AttendeeFactory.create_batch(
        count, kickoff=kickoff, person__team=team, person__region=team.region, person__manager=boss
    )


def test_the_roster_makes_the_same_number_of_queries_at_1_3_and_60_rows(desk, kickoff):
    counts = []
    for more in (1, 2, 57):
        _fill(kickoff, more)
        with CaptureQueriesContext(connection) as queries:
            response = desk.get(_url("roster"))
        counts.append(len(queries))

    assert len(response.context["page"].rows) == 50
    assert len(set(counts)) == 1
    assert counts[0] <= 13


def test_the_roster_is_searched_filtered_and_sorted_by_its_url(desk, kickoff):
    west = TeamFactory(region__name="West")
    AttendeeFactory(kickoff=kickoff, person__full_name="Zoë Ek", person__region=west.region)
    AttendeeFactory(kickoff=kickoff, person__full_name="Bo Ek", person__team=west, kind="MANAGER")
    AttendeeFactory(
        kickoff=kickoff, person__full_name="Ada Low", rsvp="YES", answered_at="2026-11-02T12:00Z"
    )

    def names(**params):
        page = desk.get(_url("roster"), params).context["page"]
        return [attendee.person.full_name for attendee in page.rows]

    assert names() == ["Ada Low", "Bo Ek", "Zoë Ek"]
    assert names(q="ek", sort="-name") == ["Zoë Ek", "Bo Ek"]
    assert names(kind="MANAGER") == ["Bo Ek"]
    assert names(rsvp="YES") == ["Ada Low"]
    assert names(region=west.region_id) == ["Zoë Ek"]
    assert names(team=west.pk) == ["Bo Ek"]


def test_an_empty_roster_says_what_to_do(desk, kickoff):
    assert b"No people yet" in desk.get(_url("roster")).content


def test_the_export_holds_what_is_shown_and_runs_nothing(desk, kickoff):
    AttendeeFactory(kickoff=kickoff, person__full_name="=HYPERLINK(1)", person__job_title="@AE")
    AttendeeFactory(kickoff=kickoff, kind="MANAGER")

    response = desk.get(_url("export"), {"kind": "REP"})

    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["full_name"], row["job_title"]) for row in rows] == [("'=HYPERLINK(1)", "'@AE")]


def test_an_export_imported_again_changes_nothing(desk, kickoff):
    _fill(kickoff, 3)
    AttendeeFactory(
        kickoff=kickoff, person=Person.objects.filter(reports__isnull=False).first(), kind="MANAGER"
    )
    AttendeeFactory(
        kickoff=kickoff, person__hire_date="2024-09-02", person__leave_date="2027-05-31"
    )
    data = desk.get(_url("export")).content
    assert b"2024-09-02,2027-05-31" in data

    response = desk.post(
        _url("import"), {"file": SimpleUploadedFile("roster.csv", data)}, follow=True
    )

    assert response.context["preview"].changes_nothing


@in_the_database(12)
@given(
    name=stored_texts(), title=stored_texts(), place=stored_texts(), number=stored_texts(),
    boss=stored_texts(),
)  # fmt: skip
def test_whatever_people_are_called_an_export_imported_again_changes_nothing(
    desk, kickoff, name, title, place, number, boss
):
    Attendee.objects.all().delete()
    region, _new = Region.objects.get_or_create(name=place)
    team, _new = Team.objects.get_or_create(name=place, region=region)
    manager = PersonFactory(full_name=boss)
    person = PersonFactory(
        full_name=name, preferred_name=title, job_title=title, region=region, team=team,
        employee_id=f"{number}{manager.pk}", manager=manager,
    )  # fmt: skip
    AttendeeFactory(kickoff=kickoff, person=person)
    AttendeeFactory(kickoff=kickoff, person=manager, kind="MANAGER")

    page = _upload(desk, desk.get(_url("export")).content)

    assert not list(page.context["problems"])
    assert page.context["preview"].changes_nothing


def _upload(client, text, name="roster.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(_url("import"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_file_is_seen_before_it_is_imported(desk, kickoff):
    page = _upload(desk, "Sales agent,Boss,Email\nBo Ek,Ada Ek,bo@x.example\nAda Ek,,a@x.example\n")

    assert dict(page.context["preview"].counts)["Reps"] == 2  # nobody found the manager's column
    assert not Attendee.objects.exists()

    columns = {"column_full_name": "Sales agent", "column_manager": "Boss", "column_email": "Email"}
    url = page.request["PATH_INFO"]
    page = desk.get(url, columns)
    assert dict(page.context["preview"].counts)["Managers"] == 1
    assert ("column_manager", "Boss") in page.context["shown"].said

    done = desk.post(url, dict(page.context["shown"].said), follow=True)

    assert "2 people created, 0 changed, 0 unchanged; 2 added" in done.content.decode()
    assert Person.objects.get(email="bo@x.example").manager.email == "a@x.example"


def test_what_an_empty_cell_means_is_asked_on_the_page_with_the_rows_that_would_change(
    desk, kickoff
):
    person = PersonFactory(full_name="Bo Ek", email="bo@x.example", leave_date="2027-06-30")
    page = _upload(desk, "Full name,E-mail,Last day\nBo Ek,bo@x.example,\nAda Ek,ada@x.example,\n")
    url = page.request["PATH_INFO"]
    assert not page.context["preview"]
    assert 'name="ask_empty_leave_date"' in page.content.decode()
    assert "Changes row 2." in page.content.decode()

    page = desk.get(url, dict(page.context["shown"].said) | {"ask_empty_leave_date": "clear"})
    assert dict(page.context["preview"].counts)["People changed"] == 1
    desk.post(url, dict(page.context["shown"].said))

    person.refresh_from_db()
    assert person.leave_date is None


def test_a_title_above_the_headers_is_left_out_and_another_row_can_be_chosen(desk, kickoff):
    page = _upload(desk, "Roster of EMEA\n\nFull name;E-mail\nBo Ek;bo@x.example\n")

    assert "found in row 3" in page.content.decode()
    assert ("ask_header_row", "3") in page.context["shown"].said


def test_a_pattern_stands_in_for_addresses(desk, kickoff):
    page = _upload(desk, "full_name,manager\nBo Ek,Celia Rouche\n")
    assert "No column holds an e-mail address" in page.content.decode()

    url = page.request["PATH_INFO"]
    page = desk.get(
        url,
        {
            "column_full_name": "full_name",
            "column_manager": "manager",
            "email_pattern": "{first}.{last}@x.example",
        },
    )
    assert "Celia Rouche" in page.context["preview"].notes[0]
    desk.post(url, dict(page.context["shown"].said))

    assert Attendee.objects.filter(person__email="celia.rouche@x.example").exists()


def test_a_last_name_in_front_is_put_behind_and_said_before_it_is_done(desk, kickoff):
    page = _upload(desk, 'full_name,email\n"Silva, Ana",ana@x.example\n')

    assert page.context["preview"].notes == [
        "On the roster from now on: Ana Silva.",
        "1 name has the last name first, and is taken over as: Silva, Ana → Ana Silva.",
    ]
    desk.post(page.request["PATH_INFO"], dict(page.context["shown"].said))
    assert Attendee.objects.get().person.full_name == "Ana Silva"


def test_short_headers_are_understood_and_columns_without_a_field_are_named(desk, kickoff):
    text = "Full name,Email,EmpID,Dept,Role,Shoe size\nBo Ek,bo@x.example,E1,SALES,AE,44\n"
    page = _upload(desk, text)

    assert dict(page.context["mapped"]) == {
        "Full name": "Full name",
        "E-mail": "Email",
        "Employee id": "EmpID",
        "Function": "Dept",
        "Job title": "Role",
    }
    assert "Columns of the file that are not taken over:" in page.content.decode()
    assert page.context["unused"] == ["Shoe size"]


def test_errors_are_listed_and_nothing_can_be_imported(desk, kickoff):
    page = _upload(desk, "full_name,email,country\nBo Ek,bo@x.example,Atlantis\n")

    text = page.content.decode()
    assert "“Atlantis” is no country" in text
    assert "Import 1 person" not in text
    assert [error.row for error in page.context["problems"]] == [2]
    desk.post(page.request["PATH_INFO"], dict(page.context["shown"].said))
    assert not Attendee.objects.exists()


def test_new_managers_are_listed_apart_and_wait_for_revops(desk, kickoff):
    boss = PersonFactory(full_name="Ngozi Adeyemi")
    old = PersonFactory(full_name="Søren Lindqvist", manager=boss)
    PersonFactory(full_name="Emre Çağlayan", email="emre@x.example", manager=old)
    PersonFactory(full_name="Ida Berg", email="ida@x.example", manager=old)
    PersonFactory(full_name="Pupa Marionette", email="pupa@x.example")

    page = _upload(
        desk,
        "full_name,email,manager\nEmre Çağlayan,emre@x.example,pupa@x.example\n"
        "Ida Berg,ida@x.example,Ngozi Adeyemi\nBo Ek,bo@x.example,pupa@x.example\n",
    )

    text = page.content.decode()
    assert "confirmed it: Emre Çağlayan → Pupa Marionette." in text
    assert (
        "1 new person has a manager, who reads packets, notes and scores of theirs once RevOps"
        in text
    )
    done = desk.post(page.request["PATH_INFO"], dict(page.context["shown"].said), follow=True)
    assert "RevOps is told of the new managers" in done.content.decode()
    waiting = Person.objects.with_new_manager().values_list("full_name", flat=True)
    assert set(waiting) == {"Emre Çağlayan", "Bo Ek"}


def test_a_bad_file_is_refused_where_it_is_chosen(desk, kickoff):
    page = _upload(desk, b"%PDF-1.7")

    assert "This is a PDF file" in page.content.decode()
    assert page.request["PATH_INFO"] == _url("import")


def test_an_upload_opens_for_its_owner_and_its_kickoff_only(desk, client, kickoff):
    page = _upload(desk, "full_name,email\nBo Ek,bo@x.example\n")
    url = page.request["PATH_INFO"]
    other = KickoffFactory(slug="other")

    assert desk.get(url.replace("/k/sko/", f"/k/{other.slug}/")).status_code == 302
    client.force_login(PlannerFactory())
    assert client.get(url).status_code == 302
    assert client.post(url).status_code == 302
    assert not Attendee.objects.exists()


def test_somebody_is_added_by_hand(desk, kickoff):
    boss = PersonFactory(full_name="Ngozi Adeyemi")

    response = desk.post(
        _url("add"),
        {
            "full_name": "Bo Ek",
            "email": "Bo@x.example",
            "kind": "REP",
            "function": "SALES",
            "manager": "Ngozi Adeyemi",
        },
        follow=True,
    )

    assert "Bo Ek is on the roster." in response.content.decode()
    bo = Person.objects.get(email="bo@x.example")
    assert (bo.manager, bo.confirmed_manager) == (boss, None)


def test_people_are_invited_and_answer(desk, client, kickoff):
    attendee = AttendeeFactory(kickoff=kickoff)
    assert "Invite one person" in desk.get(_url("roster")).content.decode()

    desk.post(_url("invite"))
    client.force_login(attendee.person)
    client.post(_url("answer"), {"coming": "no"})

    attendee.refresh_from_db()
    assert Message.objects.count() == 1
    assert attendee.rsvp == "NO"
    assert "You are not coming" in client.get(_url("answer")).content.decode()


def test_executives_and_revops_read_the_roster_and_change_nothing(client, kickoff):
    AttendeeFactory(kickoff=kickoff)
    client.force_login(PersonFactory(role="EXECUTIVE"))

    text = client.get(_url("roster")).content.decode()

    assert "Import people" not in text
    assert "off the roster" not in text
