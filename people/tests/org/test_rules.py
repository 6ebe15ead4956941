from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.accounts.models import Person
from people.org import rules
from people.org.queries import here, is_here
from people.tests.factories import PersonFactory

FRIDAY = date(2027, 3, 5)
ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("zone", "at", "over"),
    [
        ("Australia/Sydney", datetime(2027, 3, 5, 12, 59, tzinfo=UTC), False),
        ("Australia/Sydney", datetime(2027, 3, 5, 13, 0, tzinfo=UTC), True),
        ("America/Los_Angeles", datetime(2027, 3, 6, 7, 59, tzinfo=UTC), False),
        ("America/Los_Angeles", datetime(2027, 3, 6, 8, 0, tzinfo=UTC), True),
    ],
)
def test_a_last_day_lasts_until_midnight_where_the_person_is(zone, at, over):
    assert rules.last_day_is_over(leave_date=FRIDAY, time_zone=zone, at=at) is over


def test_without_a_last_day_nobody_ever_leaves():
    at = datetime(2199, 1, 1, tzinfo=UTC)

    assert not rules.last_day_is_over(leave_date=None, time_zone="UTC", at=at)


MOMENTS = st.integers(1_577_836_800, 2_114_380_800).map(lambda s: datetime.fromtimestamp(s, UTC))


@pytest.mark.long
@settings(max_examples=25)  # of six hundred zones each
@given(MOMENTS)
def test_each_zone_has_one_date_at_a_moment_and_the_earth_has_three_at_most(at):
    found = rules.zones_by_date(at)

    assert {name: day for day, names in found.items() for name in names} == {
        name: at.astimezone(ZoneInfo(name)).date() for name in ZONES
    }
    assert list(found) == sorted(found)
    assert 2 <= len(found) <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("hour", range(0, 48, 3))
def test_the_query_and_the_person_agree_on_who_is_here(hour):
    zones = ("Pacific/Kiritimati", "Asia/Tokyo", "Europe/Lisbon", "Pacific/Honolulu")
    last_days = (None, date(2027, 3, 4), FRIDAY, date(2027, 3, 6))
    for zone in zones:
        for last_day in last_days:
            PersonFactory(time_zone=zone, leave_date=last_day)
    PersonFactory(is_active=False)
    at = datetime(2027, 3, 5 + hour // 24, hour % 24, tzinfo=UTC)

    found = set(Person.objects.filter(here(at)))

    assert found == {person for person in Person.objects.all() if is_here(person, at)}
    assert len(zones) < len(found) < len(zones) * len(last_days)


@pytest.mark.django_db
def test_who_is_here_is_asked_along_a_path_in_one_query(django_assert_num_queries):
    gone = PersonFactory(leave_date=FRIDAY)
    PersonFactory(manager=gone)
    staying = PersonFactory(manager=PersonFactory())

    with django_assert_num_queries(1):
        found = set(Person.objects.filter(here(datetime(2027, 3, 8, tzinfo=UTC), of="manager")))

    assert found == {staying}
