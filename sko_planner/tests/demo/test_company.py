from datetime import UTC, datetime

import pytest
from django.db.models import Count

from core.tests.planned import rows_planned_for
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import AddressChange, ManagerChange, Person
from people.org import queries
from sko_planner.demo.guests import OUTSIDERS
from sko_planner.demo.load import ACCOUNTS, PASSWORD

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_the_company_has_the_size_and_the_regions_it_is_known_for(demo):
    company, _kickoffs = demo

    reps = Person.objects.selling()
    by_region = dict(reps.values_list("region__name").annotate(Count("pk")))
    assert len(company.people) == 160
    assert Person.objects.filter(is_guest=True).count() == len(OUTSIDERS)
    assert by_region == {"Americas": 38, "EMEA": 34, "Asia-Pacific": 24}
    assert len(company.managers) == 12
    assert len(company.vps) == 3


def test_the_database_plans_for_the_company_that_is_there(demo):
    assert rows_planned_for("people_person") == Person.objects.count()
    assert rows_planned_for("events_attendee") == Attendee.objects.count()


def test_those_who_are_known_by_name_sit_where_they_are_known_to(demo):
    company, _kickoffs = demo

    names = {person.full_name for person in queries.reports_of(company["soren"], NOON)}
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


def test_each_account_that_is_printed_signs_in(demo, client):
    for account in ACCOUNTS:
        assert client.login(email=account.email, password=PASSWORD), account
    assert {a.email.partition("@")[2] for a in ACCOUNTS} == {"meridane.example"}


def test_everything_that_is_written_is_valid(demo):
    for person in Person.objects.select_related("region", "team", "manager"):
        person.clean_fields()
    for kickoff in Kickoff.objects.all():
        kickoff.full_clean()
    assert Person.objects.filter(is_guest=False).count() == 160
    assert Kickoff.objects.count() == 3


def test_the_three_kickoffs_stand_where_they_should(demo):
    _company, kickoffs = demo

    days_after = (NOON - kickoffs.ended.closes_at).days
    assert 36 <= days_after <= 43
    assert kickoffs.ended.status == Kickoff.Status.ENDED
    assert all(day.weekday() < 5 for day in kickoffs.ended.days)
    assert kickoffs.today.days[1] == kickoffs.today.local_date(NOON)
    assert kickoffs.today.status == Kickoff.Status.OPEN
    assert abs((kickoffs.ahead.starts_date - NOON.date()).days - 56) <= 3
    assert kickoffs.ahead.starts_date.weekday() == 1


def test_a_few_changes_wait_for_revops(demo):
    waiting = Person.objects.with_new_manager()

    assert (waiting.count(), AddressChange.objects.count()) == (4, 1)
    assert ManagerChange.objects.exclude(source="").count() == 3


def test_rosters_hold_every_answer_and_check_ins_for_those_that_began(demo):
    _company, kickoffs = demo

    assert (
        kickoffs.ahead.attendees.filter(person__is_guest=False).count() == 159
    )  # one asks for a place
    answers = set(kickoffs.ahead.attendees.values_list("rsvp", flat=True))
    assert answers == {"YES", "NO", "PENDING", "WAITING"}
    assert not kickoffs.ahead.attendees.exclude(checked_in_at=None).exists()
    came = kickoffs.today.attendees.exclude(checked_in_at=None)
    assert came.count() > 0.8 * kickoffs.today.attendees.count()
    assert not came.exclude(rsvp="YES").exists()
