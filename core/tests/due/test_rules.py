from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.due import rules

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DATES = st.dates(date(1990, 1, 1), date(2037, 12, 31))
CALENDARS = st.builds(
    rules.Calendar,
    country=st.sampled_from(["US", "PT", "IL", "AE", "IN", "CN", "JP", "CA", "LY", "", "ZZ"]),
    subdivision=st.sampled_from(["", "ON", "CA", "20", "ZZ"]),
    closed=st.frozensets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=3),
    away=st.sampled_from([(), ((date(2027, 8, 2), date(2027, 8, 20)),)]),
)


def _works(day, country, subdivision="", **more):
    return rules.is_working_day(day, rules.Calendar(country, subdivision, **more))


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

    assert rules.next_working_day(new_year, rules.Calendar("PT")) == date(2027, 1, 4)
    assert rules.next_working_day(new_year, rules.Calendar("JP")) == date(2027, 1, 4)
    assert rules.next_working_day(new_year, rules.Calendar()) == new_year


# The week of Monday 5 to Sunday 11 July 2027, in which these have no holiday
@pytest.mark.parametrize(
    ("country", "subdivision", "rest"),
    [
        ("PT", "", ["Sat", "Sun"]),
        ("AE", "", ["Sat", "Sun"]),
        ("SA", "", ["Fri", "Sat"]),
        ("il", "", ["Fri", "Sat"]),
        ("LY", "", ["Fri", "Sat"]),
        ("PS", "", ["Fri", "Sat"]),
        ("MR", "", ["Sat", "Sun"]),
        ("HK", "", ["Sat", "Sun"]),
        ("IR", "", ["Fri"]),
        ("ZZ", "", ["Sat", "Sun"]),
        ("", "", ["Sat", "Sun"]),
    ],
)
def test_a_weekend_is_the_one_of_the_country(country, subdivision, rest):
    week = [date(2027, 7, 5) + timedelta(days=n) for n in range(7)]

    assert [f"{day:%a}" for day in week if not _works(day, country, subdivision)] == rest


def test_a_weekend_is_the_one_of_the_part_of_the_country():
    friday, sunday = date(2027, 7, 9), date(2027, 7, 11)

    assert [_works(friday, "MY", part) for part in ("01", "02", "03", "11")] == [
        True, False, False, False,
    ]  # fmt: skip
    assert [_works(sunday, "MY", part) for part in ("01", "02")] == [False, True]


@pytest.mark.parametrize(
    ("country", "subdivision", "holiday"),
    [
        ("GB", "ENG", date(2027, 3, 29)),  # Easter Monday
        ("CH", "ZH", date(2027, 3, 29)),
        ("AU", "NSW", date(2027, 6, 14)),  # the King's birthday
        ("CA", "ON", date(2027, 2, 15)),  # Family Day
    ],
)
def test_a_part_of_a_country_keeps_its_own_holidays(country, subdivision, holiday):
    assert not _works(holiday, country, subdivision)
    assert not _works(holiday, country, subdivision.lower())


def test_a_part_that_a_country_does_not_have_works_by_the_country():
    assert _works(date(2027, 3, 29), "GB", "ZH")


def test_parts_are_known_by_code_and_by_name():
    assert rules.subdivisions("gb")["ENG"] == ("England",)
    assert set(rules.subdivisions("CH")["GR"]) == {"Graubünden", "Grigioni", "Grischun"}
    assert "Stadt Zurich" not in rules.subdivisions("CH")
    assert rules.subdivisions("") == rules.subdivisions("ZZ") == {}


def test_nobody_works_while_the_company_is_closed_or_on_their_leave():
    monday, friday = date(2027, 6, 7), date(2027, 6, 11)
    leave = rules.Calendar("PT", away=((monday, friday),))

    assert not _works(monday, "PT", closed=frozenset({monday}))
    assert rules.next_working_day(monday, leave) == date(2027, 6, 14)
    assert rules.next_working_day(monday, rules.Calendar("SA").beside(leave)) == date(2027, 6, 13)


def test_a_day_that_several_share_is_one_on_which_all_work():
    friday = date(2027, 6, 11)

    shared = rules.next_shared_working_day(friday, [rules.Calendar("SA"), rules.Calendar("PT")])

    assert shared == date(2027, 6, 14)
    assert rules.next_shared_working_day(friday, []) == friday


@given(st.dates(date(2015, 1, 1), date(2034, 12, 31)), CALENDARS)
def test_the_next_working_day_is_worked_and_none_before_it_is(day, calendar):
    found = rules.next_working_day(day, calendar)

    assert rules.is_working_day(found, calendar)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(rules.is_working_day(earlier, calendar) for earlier in between)
    assert rules.next_working_day(found, calendar) == found


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 60), (1, 120), (2, 240), (5, 1920), (8, 15360), (9, 21600)]
)
def test_the_pause_doubles_up_to_six_hours(tries, seconds):
    assert rules.backoff_seconds(tries, 0) == seconds


@given(st.integers(0, 1000), st.floats(0, 1))
def test_the_pause_with_its_jitter_stays_between_the_bare_pause_and_six_hours(tries, jitter):
    pause = rules.backoff_seconds(tries, jitter)

    assert rules.backoff_seconds(tries, 0) <= pause <= 6 * 60 * 60


@pytest.mark.parametrize(
    ("zone", "midnight_after"),
    [
        ("Europe/Lisbon", datetime(2027, 1, 16, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 1, 16, 5, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2027, 1, 15, 11, tzinfo=UTC)),
    ],
)
def test_a_due_day_counts_whole_at_the_venue(zone, midnight_after):
    assert rules.end_of(date(2027, 1, 15), ZoneInfo(zone)) == midnight_after


def test_a_due_day_on_which_the_clocks_change_still_ends_at_midnight():
    # In Lisbon the clocks go forward on 28 March 2027, so that day has 23 hours
    before, after = (rules.end_of(date(2027, 3, d), ZoneInfo("Europe/Lisbon")) for d in (27, 28))
    assert (after - before).total_seconds() == 23 * 3600
