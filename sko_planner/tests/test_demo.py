from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org import queries
from sko_planner.demo import cast
from sko_planner.demo.cultures import CULTURES
from sko_planner.demo.load import ACCOUNTS, PASSWORD, load
from sko_planner.demo.names import address_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def shape():
    return list(
        Person.objects.order_by("pk").values_list(
            "email", "full_name", "job_title", "employee_id", "hire_date", "last_login"
        )
    )


def shape_of(seed):
    """The people that a seed makes, taken back at once."""
    with transaction.atomic():
        load(80, seed, NOON)
        found = shape()
        transaction.set_rollback(True)
    return found


def test_the_company_has_the_size_and_the_regions_it_is_known_for():
    company, _kickoffs = load(160, 27, NOON)

    reps = Person.objects.selling()
    by_region = dict(reps.values_list("region__name").annotate(Count("pk")))
    assert Person.objects.count() == len(company.people) == 160
    assert by_region == {"Americas": 38, "EMEA": 34, "Asia-Pacific": 24}
    assert len(company.managers) == 12
    assert len(company.vps) == 3


def test_those_who_are_known_by_name_sit_where_they_are_known_to():
    company, _kickoffs = load(160, 27, NOON)

    names = {person.full_name for person in queries.reports_of(company["soren"])}
    assert names == {
        "Aïcha Benyahia",
        "Νίκος Παπαδόπουλος",
        "Thabo Nkosi",
        "دانا الخطيب",
        "Łukasz Żółtowski",
        "Ольга Шевченко",
        "Emre Çağlayan",
        "Siobhán Ní Bhriain",
    }
    assert queries.is_in_line(company["ngozi"], company["aicha"].pk)
    assert company["priya"].is_planner
    assert company["mateusz"].is_revops
    assert company["ngozi"].is_executive


@pytest.mark.parametrize("size", [80, 160, 400])
def test_everybody_known_by_name_is_there_at_any_size(size):
    company, _kickoffs = load(size, 5, NOON)

    assert len(company.people) == size
    assert {member.handle for member in cast.CAST} == set(company.by_handle)


def test_each_account_that_is_printed_signs_in(client):
    load(160, 27, NOON)

    for account in ACCOUNTS:
        assert client.login(email=account.email, password=PASSWORD), account
    assert {a.email.partition("@")[2] for a in ACCOUNTS} == {"meridane.example"}


def test_a_seed_makes_the_same_company_again():
    assert shape_of(seed=3) == shape_of(seed=3)


def test_another_seed_makes_another_company():
    assert shape_of(seed=3) != shape_of(seed=4)


def test_everything_that_is_written_is_valid():
    load(160, 27, NOON)

    for person in Person.objects.select_related("region", "team", "manager"):
        person.clean_fields()
    for kickoff in Kickoff.objects.all():
        kickoff.full_clean()


def test_the_three_kickoffs_stand_where_they_should():
    _company, kickoffs = load(160, 27, NOON)

    days_after = (NOON - kickoffs.ended.closes_at).days
    assert 36 <= days_after <= 43
    assert kickoffs.ended.status == Kickoff.Status.ENDED
    assert all(day.weekday() < 5 for day in kickoffs.ended.days)
    assert kickoffs.today.days[1] == kickoffs.today.local_date(NOON)
    assert kickoffs.today.status == Kickoff.Status.OPEN
    assert abs((kickoffs.ahead.starts_date - NOON.date()).days - 56) <= 3
    assert kickoffs.ahead.starts_date.weekday() == 1


@pytest.mark.parametrize("days", range(0, 366, 41))
def test_dates_hold_on_any_day_of_the_year(days):
    now = NOON + timedelta(days=days)

    _company, kickoffs = load(80, 27, now)

    assert all(day.weekday() < 5 for day in kickoffs.ended.days)
    assert len({kickoff.slug for kickoff in kickoffs.all}) == 3
    assert not Attendee.objects.filter(checked_in_at__gt=now).exists()
    assert not Attendee.objects.filter(answered_at__gt=now).exists()
    assert not Person.objects.filter(hire_date__gt=now.date()).exists()


def test_rosters_hold_every_answer_and_check_ins_for_those_that_began():
    _company, kickoffs = load(160, 27, NOON)

    assert kickoffs.ahead.attendees.count() == 160
    assert set(kickoffs.ahead.attendees.values_list("rsvp", flat=True)) == {"YES", "NO", "PENDING"}
    assert not kickoffs.ahead.attendees.exclude(checked_in_at=None).exists()
    came = kickoffs.today.attendees.exclude(checked_in_at=None)
    assert came.count() > 0.8 * kickoffs.today.attendees.count()
    assert not came.exclude(rsvp="YES").exists()


def test_an_address_is_spelled_in_plain_letters():
    assert address_of("Żółtowski") == "zoltowski"
    assert address_of("Ødegård") == "odegard"
    assert address_of("İnönü") == "inonu"
    assert address_of("van ’t Hoff") == "vanthoff"


def test_every_name_of_every_culture_can_be_spelled_as_an_address():
    load(400, 11, NOON)

    for email in Person.objects.values_list("email", flat=True):
        local = email.partition("@")[0]
        assert local.isascii()
        assert all(local.split("."))
    assert len(CULTURES) > 25


def test_the_command_prints_whom_to_sign_in_as(settings):
    settings.DEBUG = True
    out = StringIO()

    call_command("load_demo", people=80, stdout=out)
    call_command("load_demo", "--if-empty", stdout=out)

    assert Person.objects.count() == 80
    assert out.getvalue().count("aicha@meridane.example") == 2
    assert PASSWORD in out.getvalue()


def test_the_command_loads_over_nobody(settings):
    settings.DEBUG = True
    Person.objects.create_user("somebody@example.com", full_name="Somebody")

    with pytest.raises(CommandError, match="--reset"):
        call_command("load_demo", people=80, stdout=StringIO())

    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reset_deletes_everything_first(settings):
    settings.DEBUG = True
    Person.objects.create_user("somebody@example.com", full_name="Somebody")

    call_command("load_demo", "--reset", people=80, stdout=StringIO())

    assert not Person.objects.filter(email="somebody@example.com").exists()


def test_production_takes_neither_the_usual_password_nor_a_reset(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo", people=80, stdout=StringIO())
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo", "--reset", people=80, password="of our own", stdout=StringIO())
    assert not Person.objects.exists()
