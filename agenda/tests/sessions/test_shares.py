"""How much of an agenda lets people practise, as one attendee lives it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agenda.sessions.rules import EXPERIENTIAL_AIM, Slot, experiential_share

NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


def slot(id, minutes_after_nine=0, minutes=60, **more):
    more = {"title": f"S{id}", "type": "WORKSHOP", "room": 1} | more
    starts_at = NINE + timedelta(minutes=minutes_after_nine)
    return Slot(id=id, starts_at=starts_at, minutes=minutes, **more)


def test_the_share_of_experiential_time_leaves_out_meals_and_social_time():
    plan = [("DEAL_CLINIC", 90), ("KEYNOTE", 90), ("MEAL_BREAK", 60), ("SOCIAL", 120)]
    share = experiential_share(
        [slot(n, 120 * n, minutes, type=kind) for n, (kind, minutes) in enumerate(plan)], 0
    )

    assert (share.part, share.minutes) == (0.5, 180)
    assert not share.is_under()


@pytest.mark.parametrize(
    ("experiential", "under_aim", "fails"),
    [(45, False, False), (44, True, False), (30, True, False), (29, True, True)],
)
def test_the_share_warns_under_45_percent_and_fails_under_30(experiential, under_aim, fails):
    practised = slot(1, 0, experiential)
    heard = slot(2, experiential, 100 - experiential, type="KEYNOTE")
    share = experiential_share([practised, heard], 0)

    assert (share.is_under(), share.fails()) == (under_aim, fails)
    assert EXPERIENTIAL_AIM == 45


def test_an_empty_agenda_has_no_share():
    assert experiential_share([slot(1, type="MEAL_BREAK")], 10).part is None


KEYNOTE = slot(1, 0, 60, type="KEYNOTE", expected=120)


@pytest.mark.parametrize(
    ("beside", "part", "minutes"),
    [
        # Twelve clinics of ten: one hour of whoever sits in one of them
        ([slot(n, 60, 60, room=n, expected=10) for n in range(2, 14)], 1 / 2, 120),
        # The same where nobody has shared the people out: each says that it expects everybody
        ([slot(n, 60, 60, room=n, expected=120) for n in range(2, 14)], 1 / 2, 120),
        # One clinic of thirty while the other ninety listen
        ([slot(2, 60, 60), slot(3, 60, 60, type="PRODUCT")], 1 / 8, 120),
        # A clinic of thirty, and nothing for the other ninety
        ([slot(2, 60, 60)], 1 / 5, 75),
        # A review begins when half of the clinic's hour is over: both count that half hour once
        ([slot(2, 60, 60, expected=120), slot(3, 90, 60, room=3, expected=120)], 3 / 5, 150),
    ],
)
def test_sessions_at_the_same_time_count_once_by_who_is_expected_where(beside, part, minutes):
    shared = {2: 30, 3: 90}
    beside = [one if one.expected else replace(one, expected=shared[one.id]) for one in beside]

    share = experiential_share([KEYNOTE, *beside], 120)

    assert (share.part, share.minutes) == (pytest.approx(part), minutes)
