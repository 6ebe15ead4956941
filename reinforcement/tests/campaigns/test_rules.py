from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.due.rules import Calendar
from reinforcement.campaigns import rules

LISBON, TOKYO = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Tokyo")
DAY_0 = date(2027, 2, 4)
EARLY = datetime(2027, 2, 1, tzinfo=UTC)


def _due(offset, zone=LISBON, country="PT", hour=9, not_before=EARLY):
    return rules.due_at(
        day_zero=DAY_0,
        offset_days=offset,
        hour=hour,
        zone=zone,
        calendar=Calendar(country),
        not_before=not_before,
    )


def test_an_activity_is_due_at_a_local_hour():
    assert _due(4) == datetime(2027, 2, 8, 9, tzinfo=UTC)
    assert _due(4, zone=TOKYO, country="JP") == datetime(2027, 2, 8, 0, tzinfo=UTC)


def test_a_weekend_moves_to_monday_and_a_holiday_to_the_next_working_day():
    assert _due(2) == datetime(2027, 2, 8, 9, tzinfo=UTC)  # Saturday 6 February
    assert _due(7, zone=TOKYO, country="JP") == datetime(2027, 2, 12, 0, tzinfo=UTC)  # 11 Feb


def test_each_country_gets_a_day_of_the_plan_on_a_working_day_of_its_own():
    people = {
        Calendar("PT"): 60,
        Calendar("DE", "BY"): 9,
        Calendar("DE", "HH"): 2,
        Calendar("GB", "ENG"): 5,
        Calendar("SE"): 1,
    }

    # Christmas Day of 2026 is a Friday; in England the Monday after it stands for Boxing Day
    assert rules.arrivals(date(2026, 12, 25), people) == [
        rules.Arrival(date(2026, 12, 28), 72, ("DE", "PT", "SE")),
        rules.Arrival(date(2026, 12, 29), 5, ("GB",)),
    ]
    # Epiphany is kept in a part of Germany
    assert rules.arrivals(date(2027, 1, 6), people) == [
        rules.Arrival(date(2027, 1, 6), 67, ("DE-HH", "GB", "PT")),
        rules.Arrival(date(2027, 1, 7), 10, ("DE-BY", "SE")),
    ]


def test_people_of_no_known_country_get_it_from_monday_to_friday():
    [christmas, monday] = rules.arrivals(date(2026, 12, 25), {Calendar(): 2, Calendar("PT"): 1})

    assert christmas == rules.Arrival(date(2026, 12, 25), 2)
    assert monday.date == date(2026, 12, 28)
    assert rules.arrivals(date(2026, 12, 26), {}) == [rules.Arrival(date(2026, 12, 28))]


def test_summer_time_keeps_the_local_hour():
    assert _due(60) == datetime(2027, 4, 5, 8, tzinfo=UTC)


def test_what_is_due_on_the_night_of_the_start_waits_for_the_next_working_morning():
    started = datetime(2027, 2, 5, 0, 5, tzinfo=UTC)

    assert _due(0, hour=10, not_before=started) == datetime(2027, 2, 5, 10, tzinfo=UTC)


def test_what_is_long_over_keeps_its_date_so_that_it_can_be_called_stale():
    late = datetime(2027, 3, 5, 0, 5, tzinfo=UTC)

    assert _due(0, hour=10, not_before=late) == datetime(2027, 2, 4, 10, tzinfo=UTC)


def test_overdue_is_the_midnight_after_the_last_working_day_in_time():
    due = datetime(2027, 2, 9, 9, tzinfo=UTC)

    late = rules.overdue_at(due, days_to_do=3, zone=LISBON, calendar=Calendar("PT"))
    weekend = rules.overdue_at(due, days_to_do=4, zone=LISBON, calendar=Calendar("PT"))

    assert late == datetime(2027, 2, 13, tzinfo=UTC)  # all of Friday
    assert weekend == datetime(2027, 2, 16, tzinfo=UTC)  # Saturday moves to Monday


def test_who_joins_later_counts_from_the_hire_date_or_from_joining_the_roster():
    def starts(hire_date, on_time=False):
        return rules.path_starts(
            day_zero=DAY_0, hire_date=hire_date, added_date=date(2027, 3, 3), on_time=on_time
        )

    assert starts(date(2027, 3, 1)) == date(2027, 3, 1)
    assert starts(None) == date(2027, 3, 3)
    assert starts(date(2020, 1, 1)) == date(2027, 3, 3)
    assert starts(date(2027, 3, 1), on_time=True) == DAY_0


def test_the_template_plan_holds_a_check_on_each_checkpoint_day_and_follow_ups_by_managers():
    checks = [step.day for step in rules.PLAN if step.kind == "RETENTION_CHECK"]
    meetings = {step.setting for step in rules.PLAN if step.kind == "MANAGER_FOLLOW_UP"}

    assert checks == list(rules.CHECKPOINT_DAYS)
    assert meetings == {"ONE_TO_ONE", "TEAM_MEETING"}
    assert [step.day for step in rules.PLAN] == sorted(step.day for step in rules.PLAN)
