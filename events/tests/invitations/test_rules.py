from datetime import date

import pytest

from events.attendance.rules.wording import WordingRefused, check, fill, first_name
from events.invitations.rules import due_reminder, read_days

DEADLINE, SENT = date(2027, 1, 15), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your {password}", r"no field \{password\}"),
        ("{first_name.__class__}", r"no field \{first_name.__class__\}"),
        ("{}", r"no field \{\}"),
        ("{first_name", "stands alone"),
        ("{{first_name}}", "stands alone"),
    ],
)
def test_a_field_that_there_is_not_is_refused_by_its_name(text, said):
    with pytest.raises(WordingRefused, match=said):
        check(text)


def test_what_a_value_holds_is_not_filled_again():
    values = {"first_name": "{link}", "link": "https://sko/answer/secret"}

    assert fill("Hello {first_name}", values) == "Hello {link}"


@pytest.mark.parametrize(
    ("full", "preferred", "called"),
    [("Łukasz Żółtowski", "", "Łukasz"), ("佐藤 美咲", "", "佐藤 美咲"), ("Jo Ek", "J", "J")],
)
def test_people_are_called_as_they_say_else_by_the_first_of_their_names(full, preferred, called):
    assert first_name(full, preferred) == called


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 1, 7), None),
        (date(2027, 1, 8), 7),
        (date(2027, 1, 12), 7),  # a tick that was down for days catches up
        (date(2027, 1, 14), 2),  # and skips what a nearer one says
        (date(2027, 1, 16), None),
    ],
)
def test_the_reminder_nearest_to_the_deadline_is_due(today, due):
    assert due_reminder([7, 2], DEADLINE, today, SENT) == due


def test_a_wave_that_goes_out_late_reminds_only_of_what_comes_after():
    assert due_reminder([7, 2], DEADLINE, date(2027, 1, 10), date(2027, 1, 9)) is None


def test_days_of_reminders_are_read_as_they_are_written():
    assert read_days("2; 7, 7") == [7, 2]
    for wrong in ("a", "0", "61", "1,2,3,4,5,6", "1.5"):
        with pytest.raises(ValueError, match=r"^(invalid literal.*)?$"):
            read_days(wrong)
