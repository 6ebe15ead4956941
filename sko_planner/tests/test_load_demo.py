import random
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agenda.sessions.queries.draft import draft_of
from events.attendance.models import Attendee
from events.tests.factories import KickoffFactory
from people.accounts.models import Person
from people.tests.factories import PersonFactory
from sko_planner.demo import agenda, cast, kickoffs, people
from sko_planner.demo.cultures import CULTURES
from sko_planner.demo.load import PASSWORD
from sko_planner.demo.names import address_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def company_of(size, seed=27, now=NOON):
    return people.build(size, random.Random(seed), now, PASSWORD)


def shape_of(seed):
    """The people that a seed makes, taken back at once."""
    with transaction.atomic():
        company_of(80, seed)
        found = list(
            Person.objects.order_by("pk").values_list(
                "email", "full_name", "job_title", "employee_id", "hire_date", "last_login"
            )
        )
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("size", [80, 400])
def test_everybody_known_by_name_is_there_at_any_size(size):
    company = company_of(size)

    assert len(company.people) == size
    assert {member.handle for member in cast.CAST} == set(company.by_handle)


def test_a_seed_makes_the_same_company_again():
    assert shape_of(seed=3) == shape_of(seed=3)


def test_another_seed_makes_another_company():
    assert shape_of(seed=3) != shape_of(seed=4)


@pytest.mark.parametrize("days", range(0, 366, 41))
def test_dates_hold_on_any_day_of_the_year(days):
    now = NOON + timedelta(days=days)

    events = kickoffs.build(company_of(80, now=now), random.Random(27), now)

    assert all(day.weekday() < 5 for day in events.ended.days)
    assert len({kickoff.slug for kickoff in events.all}) == 3
    assert Attendee.objects.exclude(checked_in_at=None).exists()
    assert not Attendee.objects.filter(checked_in_at__gt=now).exists()
    assert not Attendee.objects.filter(answered_at__gt=now).exists()
    assert not Person.objects.filter(hire_date__gt=now.date()).exists()


def test_an_address_is_spelled_in_plain_letters():
    assert address_of("Żółtowski") == "zoltowski"
    assert address_of("Ødegård") == "odegard"
    assert address_of("İnönü") == "inonu"
    assert address_of("van ’t Hoff") == "vanthoff"


def test_every_name_of_every_culture_can_be_spelled_as_an_address():
    company_of(400, seed=11)

    names = [
        address.partition("@")[0] for address in Person.objects.values_list("email", flat=True)
    ]
    assert len(names) == 400
    assert [local for local in names if not local.isascii() or "" in local.split(".")] == []
    assert len(CULTURES) > 25


def test_the_command_loads_over_nobody(settings):
    settings.DEBUG = True
    Person.objects.create_user("somebody@example.com", full_name="Somebody")

    with pytest.raises(CommandError, match="--reset"):
        call_command("load_demo", people=80, stdout=StringIO())

    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reset_deletes_everything_first_and_the_command_prints_whom_to_sign_in_as(settings):
    settings.DEBUG = True
    Person.objects.create_user("somebody@example.com", full_name="Somebody")
    out = StringIO()

    call_command("load_demo", "--reset", people=80, stdout=out)
    call_command("load_demo", "--if-empty", stdout=out)

    assert not Person.objects.filter(email="somebody@example.com").exists()
    assert Person.objects.filter(is_guest=False).count() == 80
    assert out.getvalue().count("aicha@meridane.example") == 2
    assert PASSWORD in out.getvalue()


def test_production_takes_neither_the_usual_password_nor_a_reset(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo", people=80, stdout=StringIO())
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo", "--reset", people=80, password="of our own", stdout=StringIO())
    assert not Person.objects.exists()


@pytest.mark.long
def test_the_large_agenda_has_its_size_and_no_conflict():
    kickoff = KickoffFactory()
    crowd = [PersonFactory() for _ in range(240)]

    sessions = agenda.seed_large(kickoff, crowd, random.Random(1))

    assert len(sessions) == 300
    assert kickoff.rooms.count() == 12
    assert Person.objects.filter(session_parts__isnull=False).distinct().count() == 240
    assert draft_of(kickoff).conflicts == []
