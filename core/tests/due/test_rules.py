from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.due import rules

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DATES = st.dates(date(1990, 1, 1), date(2037, 12, 31))
COUNTRIES = st.sampled_from(["US", "PT", "IL", "AE", "IN", "CN", "JP", "", "ZZ"])


def test_an_hour_is_read_in_the_zone_of_the_person():
    due = rules.local_due_at(date(2027, 2, 3), 9, ZoneInfo("Asia/Tokyo"))

    assert due == datetime(2027, 2, 3, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_moves_later():
    zone = ZoneInfo("America/New_York")

    due = rules.local_due_at(date(2027, 3, 14), 2, zone)

    assert due.astimezone(zone).hour == 3
    assert due == datetime(2027, 3, 14, 7, tzinfo=UTC)


def test_an_hour_that_the_clocks_repeat_is_the_first_of_the_two():
    due = rules.local_due_at(date(2027, 11, 7), 1, ZoneInfo("America/New_York"))

    assert due == datetime(2027, 11, 7, 5, tzinfo=UTC)


def test_a_day_that_a_country_skipped_moves_to_the_next():
    zone = ZoneInfo("Pacific/Apia")

    due = rules.local_due_at(date(2011, 12, 30), 9, zone)

    assert due.astimezone(zone).date() == date(2011, 12, 31)


@given(DATES, st.integers(0, 23), ZONES)
def test_a_local_hour_is_kept_wherever_it_exists_and_only_ever_moves_later(day, hour, zone):
    wanted = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001

    due = rules.local_due_at(day, hour, zone)

    assert due.tzinfo is UTC
    assert due.astimezone(zone).replace(tzinfo=None) >= wanted
    repeated = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    exists = repeated.astimezone(zone).replace(tzinfo=None) == wanted
    if exists:
        assert due.astimezone(zone).replace(tzinfo=None) == wanted
        assert due <= repeated


def test_a_public_holiday_moves_to_the_next_working_day_of_that_country():
    new_year = date(2027, 1, 1)  # a Friday

    assert rules.next_working_day(new_year, "PT") == date(2027, 1, 4)
    assert rules.next_working_day(new_year, "JP") == date(2027, 1, 4)
    assert rules.next_working_day(new_year, "") == new_year


def test_a_weekend_is_the_one_of_the_country():
    friday, saturday, sunday = date(2027, 6, 4), date(2027, 6, 5), date(2027, 6, 6)

    assert rules.next_working_day(saturday, "PT") == date(2027, 6, 7)
    assert rules.next_working_day(friday, "IL") == sunday
    assert rules.next_working_day(saturday, "il") == sunday


@given(st.dates(date(2015, 1, 1), date(2034, 12, 31)), COUNTRIES)
def test_the_next_working_day_is_worked_and_none_before_it_is(day, country):
    found = rules.next_working_day(day, country)

    assert rules.is_working_day(found, country)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(rules.is_working_day(earlier, country) for earlier in between)
    assert rules.next_working_day(found, country) == found


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 60), (1, 120), (2, 240), (5, 1920), (8, 15360), (9, 21600)]
)
def test_the_pause_doubles_up_to_six_hours(tries, seconds):
    assert rules.backoff_seconds(tries, 0) == seconds


@given(st.integers(0, 1000), st.floats(0, 1))
def test_the_pause_with_its_jitter_stays_between_the_bare_pause_and_six_hours(tries, jitter):
    pause = rules.backoff_seconds(tries, jitter)

    assert rules.backoff_seconds(tries, 0) <= pause <= 6 * 60 * 60
