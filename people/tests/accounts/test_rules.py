from datetime import UTC, datetime, timedelta

import pytest

from people.accounts import rules

INVITED = datetime(2027, 1, 4, 9, tzinfo=UTC)


def is_open(**changes):
    said = {"accepted_at": None, "last_sign_in_at": None, "at": INVITED + timedelta(days=1)}
    return rules.invitation_is_open(invited_at=INVITED, **(said | changes))


def test_an_invitation_is_open_for_fourteen_days_the_end_exclusive():
    end = INVITED + timedelta(days=14)

    assert is_open(at=end - timedelta(seconds=1))
    assert not is_open(at=end)


def test_an_invitation_is_closed_by_accepting_and_by_any_sign_in_since():
    assert not is_open(accepted_at=INVITED)
    assert not is_open(last_sign_in_at=INVITED + timedelta(hours=1))
    assert is_open(last_sign_in_at=INVITED - timedelta(hours=1))


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            ("Firefox", "Linux"),
        ),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_named_as_people_call_it(user_agent, expected):
    assert rules.browser_and_system(user_agent) == expected
