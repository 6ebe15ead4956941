from datetime import date, timedelta

import pytest

from events.prework import rules
from events.prework.rules import Progress

DAY = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("due", "days", "moved"),
    [
        (15, 7, 22),
        (15, -3, 12),
        (15, -10, 10),  # not in the past: today
        (10, -7, 10),
        (8, -7, 8),  # overdue already
        (8, 7, 15),
    ],
)
def test_an_event_that_moves_makes_nobody_late_who_was_not(due, days, moved):
    today = date(2027, 1, 10)

    found = rules.moved_date(date(2027, 1, due), timedelta(days=days), today)

    assert found == date(2027, 1, moved)


def test_line_breaks_count_once_however_the_browser_sends_them():
    assert rules.tidy_text("  one\r\ntwo\rthree\n ") == "one\ntwo\nthree"


@pytest.mark.parametrize("link", ["https://example.com/deal?a=1#b", "http://intranet.example/x"])
def test_a_web_address_is_a_safe_link(link):
    assert rules.is_safe_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.com",
        "example.com",
        "https://",
        'https://example.com/"><script>alert(1)</script>\n',
        "https://example.com/" + "a" * 500,
        "https://[::1",
        "",
    ],
)
def test_anything_else_is_not(link):
    assert not rules.is_safe_link(link)


def test_progress_never_says_100_percent_while_somebody_is_missing():
    assert Progress(total=1000, done=999).percent == 99
    assert Progress(total=3, done=3).percent == 100
    assert Progress(total=0, done=0).percent == 100


def test_the_slow_part_lags_behind_something_that_is_due_later():
    assert rules.slowest([0.82, 0.43, 0.55, 0.24]) == 1
    assert rules.slowest([0.6, 0.3, 0.1]) is None  # each has simply had less time
    assert rules.slowest([0.85, 0.9]) is None  # far enough
    assert rules.slowest([0.1]) is None
    assert rules.slowest([]) is None


def test_a_reminder_says_what_is_due_when_and_where_to_do_it():
    fields = {
        "title": "Read: the big bets",
        "event": "One Motion",
        "place": "Lisbon",
        "due_date": DAY,
        "url": "https://sko.example/x",
    }

    subject, body = rules.reminder(**fields, minutes=15, is_over=False)
    assert subject == "Due Fri 15 January: Read: the big bets"
    assert "until midnight in Lisbon. It takes 15 minutes." in body
    assert body.endswith("https://sko.example/x\n")

    subject, body = rules.reminder(**fields, minutes=None, is_over=True)
    assert subject == "Still open: Read: the big bets"
    assert "It was due on Fri 15 January." in body
