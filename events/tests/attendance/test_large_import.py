"""A roster that is too large to be read while somebody waits for a page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.imports.flow import ImportFlow
from events.attendance.models import Attendee
from events.tests.factories import KickoffFactory
from people.imports import tasks
from people.imports.models import ImportRun
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
PEOPLE = "".join(f"Bo Ek{n},bo{n}@x.example\n" for n in range(ImportFlow.page_rows + 1))


@pytest.fixture
def kickoff():
    return KickoffFactory(slug="sko")


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory())
    return client


def upload(desk, text="full_name,email\n" + PEOPLE):
    file = SimpleUploadedFile("roster.csv", text.encode())
    url = reverse("events:attendance:import", kwargs={"slug": "sko"})
    return desk.post(url, {"file": file}).url


def poll(desk, url):
    return desk.get(url, headers={"HX-Request": "true"})


def test_a_large_file_is_looked_at_and_taken_over_by_a_worker(desk, kickoff):
    url = upload(desk)
    page = desk.get(url)
    assert "Waiting for a worker" in page.content.decode()
    assert "Waiting for a worker" in poll(desk, url).content.decode()

    tasks.work_run(run_id=ImportRun.objects.get().pk)
    assert poll(desk, url).headers["HX-Refresh"] == "true"
    page = desk.get(url)
    assert "Import 2001 people" in page.content.decode()
    assert not Attendee.objects.exists()

    at_work = desk.post(url, dict(page.context["shown"].said))
    assert at_work.url == f"{url}?commit=1"
    assert "Waiting for a worker" in desk.get(url).content.decode()  # a reload finds it again
    tasks.work_run(run_id=ImportRun.objects.get(kind="COMMIT").pk)
    page = desk.get(at_work.url, follow=True)
    assert "2001 people created" in page.content.decode()
    assert Attendee.objects.filter(kickoff=kickoff).count() == 2001
    assert "2001 people created" in desk.post(url, follow=True).content.decode()  # and not again
    assert ImportRun.objects.get(kind="COMMIT").tries == 1


def test_how_far_it_is_shows_and_survives_a_reload(desk, kickoff):
    url = upload(desk)
    desk.get(url)
    lease = timezone.now() + timedelta(minutes=1)
    ImportRun.objects.update(state="RUNNING", rows_read=500, rows_total=2001, leased_until=lease)

    for page in (desk.get(url), poll(desk, url)):
        assert "500 of 2,001 rows read" in page.content.decode()


def test_who_left_the_page_finds_it_again_where_the_file_was_chosen(desk, kickoff):
    here = reverse("events:attendance:import", kwargs={"slug": "sko"})
    url = upload(desk)
    assert "on its way" not in desk.get(here).content.decode()
    desk.get(url)

    assert f'href="{url}?"' in desk.get(here).content.decode()
    desk.post(url, {"column_full_name": "full_name", "column_email": "email"})
    assert f'href="{url}?commit=1"' in desk.get(here).content.decode()
    tasks.work_run(run_id=ImportRun.objects.get(kind="CHECK").pk)
    tasks.work_run(run_id=ImportRun.objects.get(kind="COMMIT").pk)
    assert "on its way" not in desk.get(here).content.decode()


def test_a_killed_worker_is_shown_and_started_again_by_a_button(desk, kickoff):
    url = upload(desk)
    desk.get(url)
    long_ago = timezone.now() - timedelta(minutes=1)
    ImportRun.objects.update(state="RUNNING", tries=1, leased_until=long_ago)
    page = desk.get(url)
    assert "The worker stopped" in page.content.decode()
    assert "hx-get" not in page.content.decode()

    desk.post(url, {"again": page.context["run"].key})

    assert ImportRun.objects.get().state == "WAITING"


def test_nobody_else_starts_it_again_or_looks_at_it(desk, kickoff, client):
    url = upload(desk)
    desk.get(url)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="FAILED")

    client.force_login(PlannerFactory())
    assert client.get(url).url == reverse("events:attendance:import", kwargs={"slug": "sko"})
    client.post(url, {"again": run.key})
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404
    assert ImportRun.objects.get().state == "FAILED"


def test_a_bad_row_is_told_and_the_mended_file_may_be_taken(desk, kickoff):
    url = upload(desk, "full_name,email\n" + PEOPLE + "Ada,no address\n")
    desk.get(url)
    tasks.work_run(run_id=ImportRun.objects.get().pk)

    page = desk.get(url)

    assert "“no address” is no e-mail address" in page.content.decode()
    assert page.context["shown"].button == ""


def test_the_same_columns_are_checked_anew_when_asked(desk, kickoff):
    url = upload(desk)
    desk.get(url)
    tasks.work_run(run_id=ImportRun.objects.get().pk)
    body = desk.get(url).content.decode()
    look = body.split('name="look" value="')[1].split('"')[0]

    page = desk.get(url, {"column_full_name": "full_name", "column_email": "email", "look": look})

    assert "Waiting for a worker" in page.content.decode()


def test_a_file_of_many_bytes_is_not_read_for_a_page(desk, kickoff):
    blank = " " * 1023 + "\n"
    url = upload(desk, "full_name,email\n" + blank * (ImportFlow.page_bytes // len(blank)))
    desk.get(url)
    tasks.work_run(run_id=ImportRun.objects.get().pk)

    page = desk.get(url, follow=True)

    assert "The file has headers in row 1 and no rows under them." in page.content.decode()
