import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from people.waiting.rules import (
    Act,
    Place,
    Tally,
    Waiting,
    When,
    counted,
    grouped,
    in_order,
    next_change,
    packed,
    row_of,
    tally,
    unpacked,
    when,
)

WEDNESDAY = datetime(2027, 2, 3, 12, tzinfo=UTC)
HOME = ZoneInfo("Europe/Lisbon")
LISBON = Place("lisbon", "Lisbon", "/k/lisbon/")


def item(title="Read it", *, days=None, **fields):
    due = None if days is None else WEDNESDAY + timedelta(days=days)
    return Waiting(
        person_id=1,
        title=title,
        url="/",
        since=WEDNESDAY - timedelta(days=9),
        due_at=due,
        **({"kind": "prework.open"} | fields),
    )


def test_it_is_late_at_the_moment_at_which_it_is_due():
    assert item(days=0).is_late(WEDNESDAY)
    assert not item(days=0).is_late(WEDNESDAY - timedelta(microseconds=1))
    assert not item().is_late(WEDNESDAY)
    later = item(days=0, late_at=WEDNESDAY + timedelta(days=1))
    assert not later.is_late(WEDNESDAY)


def test_a_day_that_ends_at_midnight_is_that_day():
    friday_counts = item(days=2.5)  # midnight after Friday in Lisbon

    assert friday_counts.due_date(HOME).isoformat() == "2027-02-05"


def test_the_week_ends_with_its_sunday():
    groups = {days: when(item(days=days), WEDNESDAY, HOME) for days in (-1, 0.2, 1, 4, 5)}

    assert groups == {
        -1: When.LATE,
        0.2: When.TODAY,
        1: When.WEEK,
        4: When.WEEK,
        5: When.LATER,
    }
    assert when(item(), WEDNESDAY, HOME) == When.ANY_TIME


def test_what_is_late_comes_first_and_what_has_no_date_last():
    items = [
        item("none"),
        item("later", days=9),
        item("late", days=-1),
        item("later still", days=-9),
    ]

    assert [one.title for one in in_order(items, WEDNESDAY)] == [
        "later still",
        "late",
        "later",
        "none",
    ]
    assert [(group, len(found)) for group, found in grouped(items, WEDNESDAY, HOME)] == [
        (When.LATE, 2),
        (When.LATER, 1),
        (When.ANY_TIME, 1),
    ]


def test_an_item_counts_as_many_as_it_stands_for():
    items = [
        item(days=-1, count=6, kind="packets.approve", place=LISBON),
        item(place=LISBON),
        item(),
    ]

    assert tally(items, WEDNESDAY) == Tally(8, 6)
    assert counted(items, WEDNESDAY) == {
        "lisbon": {"packets.approve": 6, "prework.open": 1},
        "": {"prework.open": 1},
    }


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (timedelta(days=-8), "8 days late", "late"),
        (timedelta(hours=-2), "late since 10:00", "late"),
        (timedelta(minutes=26), "in 26 min", "soon"),
        (timedelta(hours=4), "by 16:00\u00a0WET", "soon"),
        (timedelta(hours=12), "today", "soon"),
        (timedelta(days=2, hours=3.5), "by Fri 5 Feb, 15:30\u00a0WET", ""),
        (timedelta(days=2, hours=12), "by Fri 5 Feb", ""),
    ],
)
def test_a_row_says_by_when_in_the_zone_of_its_reader(due, words, state):
    row = row_of(item(days=due / timedelta(days=1)), WEDNESDAY, HOME)

    assert (row.words, row.state) == (words, state)


def test_a_row_without_a_date_says_none_and_an_unknown_kind_has_a_picture_too():
    row = row_of(item(kind="new.thing"), WEDNESDAY, HOME)

    assert (row.words, row.state, row.icon) == ("", "", "circle")


def test_a_day_of_another_calendar_is_said_as_that_day():
    # Midnight in Lisbon is one o'clock of the next day in Paris
    friday = item(days=2.5, day=date(2027, 2, 5))

    row = row_of(friday, WEDNESDAY, ZoneInfo("Europe/Paris"))

    assert row.words == "by Fri 5 Feb"


def test_an_item_is_the_same_after_it_was_kept():
    at = datetime(2027, 2, 3, 12, tzinfo=UTC)
    whole = Waiting(
        person_id=7,
        kind="prework.open",
        title="Read “it”",
        url="/k/lisbon/prework/1/",
        since=at,
        button="Start",
        note="5 minutes",
        due_at=at + timedelta(days=1),
        day=date(2027, 2, 4),
        late_at=at + timedelta(days=2),
        begins_at=at + timedelta(hours=1),
        until=at + timedelta(days=3),
        before_leaving=True,
        about_id=8,
        place=Place("lisbon", "Lisbon", "/k/lisbon/"),
        act=Act("Done", "/done/"),
        act_of_manager=Act("Extend", "/extend/"),
        count=3,
        is_private=True,
        comes_first=True,
    )
    bare = Waiting(person_id=7, kind="k", title="t", url="/", since=at)

    for item in (whole, bare):
        assert unpacked(json.loads(json.dumps(packed(item)))) == item
    assert set(packed(bare)) == {"person_id", "kind", "title", "url", "since"}
    assert set(packed(whole)) == {field.name for field in fields(Waiting)}


def test_what_has_not_begun_and_what_has_ended_waits_for_nobody():
    at = datetime(2027, 2, 3, 12, tzinfo=UTC)
    hour = timedelta(hours=1)
    item = Waiting(
        person_id=7,
        kind="k",
        title="t",
        url="/",
        since=at,
        begins_at=at,
        due_at=at + hour,
        until=at + 2 * hour,
    )

    assert [item.waits(at + n * hour) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert next_change([item], at - hour) == at
    assert next_change([item], at) == at + hour
    assert next_change([item], at + hour) == at + 2 * hour
    assert next_change([item], at + 2 * hour) is None
