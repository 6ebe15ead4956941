from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agenda.sessions.rules import (
    Change,
    Conflict,
    EventDays,
    Kind,
    Mend,
    Printed,
    Room,
    Slot,
    agenda_day,
    day_bounds,
    differences,
    find_conflicts,
    moment_of,
    propose,
)

LISBON = ZoneInfo("Europe/Lisbon")
DAYS = [date(2027, 2, 2), date(2027, 2, 3), date(2027, 2, 4)]
EVENT = EventDays(DAYS, time(8, 0), LISBON)
ROOMS = {1: Room(1, "Tejo", 200), 2: Room(2, "Lima", 24), 3: Room(3, "Minho", 30)}
NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


def slot(id, minutes_after_nine=0, minutes=60, **more):
    more = {"title": f"S{id}", "type": "WORKSHOP", "room": 1} | more
    starts_at = NINE + timedelta(minutes=minutes_after_nine)
    return Slot(id=id, starts_at=starts_at, minutes=minutes, **more)


def kinds(*slots):
    return [(one.kind, one.sessions) for one in find_conflicts(slots, ROOMS, EVENT)]


def test_two_sessions_in_one_room_at_one_time_conflict():
    assert kinds(slot(1), slot(2, 30)) == [(Kind.ROOM, (1, 2))]


def test_the_contested_time_is_what_both_have():
    [conflict] = find_conflicts([slot(1, 0, 60), slot(2, 30, 15)], ROOMS, EVENT)

    assert conflict.starts_at == NINE + timedelta(minutes=30)
    assert conflict.ends_at == NINE + timedelta(minutes=45)


def test_a_speaker_in_two_rooms_at_one_time_conflicts():
    found = kinds(slot(1, people=frozenset({7})), slot(2, 30, room=2, people=frozenset({7})))

    assert found == [(Kind.PERSON, (1, 2))]


@pytest.mark.parametrize(("gap", "found"), [(0, [(Kind.GAP, (1, 2))]), (15, [])])
def test_a_speaker_needs_a_quarter_of_an_hour_from_one_room_to_another(gap, found):
    speaks = frozenset({7})

    assert kinds(slot(1, people=speaks), slot(2, 60 + gap, room=2, people=speaks)) == found


@pytest.mark.parametrize(("gap", "found"), [(0, [(Kind.GAP, (1, 2))]), (15, [])])
def test_everybody_needs_a_quarter_of_an_hour_from_a_plenary_to_another_room(gap, found):
    assert kinds(slot(1, plenary=True), slot(2, 60 + gap, room=2)) == found
    assert kinds(slot(1, room=2), slot(2, 60 + gap, plenary=True)) == found


@pytest.mark.parametrize("kind", ["MEAL_BREAK", "SOCIAL"])
def test_nobody_has_to_hurry_to_a_meal_or_a_dinner(kind):
    assert kinds(slot(1, plenary=True), slot(2, 60, room=2, plenary=True, type=kind)) == []


@pytest.mark.parametrize(
    ("gap", "found"), [(0, [(Kind.GAP, (1, 2))]), (14, [(Kind.GAP, (1, 2))]), (15, [])]
)
def test_a_room_needs_a_quarter_of_an_hour_between_sessions(gap, found):
    assert kinds(slot(1), slot(2, 60 + gap)) == found


def test_a_meal_in_the_room_needs_no_change_over():
    assert kinds(slot(1), slot(2, 60, type="MEAL_BREAK"), slot(3, 120)) == []


def test_a_room_is_too_small_for_its_audience_or_for_the_places_promised():
    found = find_conflicts(
        [slot(1, room=2, expected=25), slot(2, 90, room=2, places=26)], ROOMS, EVENT
    )

    assert [(one.kind, one.needed, one.seats) for one in found] == [
        (Kind.CAPACITY, 25, 24),
        (Kind.CAPACITY, 26, 24),
    ]


def test_a_clash_in_a_room_that_is_too_small_besides_is_one_conflict():
    [conflict] = find_conflicts(
        [slot(1, room=2, expected=20), slot(2, 30, room=2, expected=60)], ROOMS, EVENT
    )

    assert (conflict.kind, conflict.needed, conflict.seats) == (Kind.ROOM, 60, 24)


def test_a_room_too_small_for_the_session_that_stays_in_it_is_told_beside_the_clash():
    found = kinds(slot(1, room=2, expected=60), slot(2, 30, room=2, expected=20))

    assert found == [(Kind.ROOM, (1, 2)), (Kind.CAPACITY, (1,))]


def test_a_room_that_just_fits_is_no_conflict():
    assert kinds(slot(1, room=2, expected=24, places=24)) == []


def _minutes(day, clock):
    """From nine on the first day, in Lisbon."""
    return int((datetime.combine(day, clock, tzinfo=LISBON) - NINE).total_seconds() // 60)


@pytest.mark.parametrize(
    ("day", "clock", "minutes"),
    [
        (date(2027, 2, 4), time(22), 180),  # a party past the last midnight
        (date(2027, 2, 5), time(0, 30), 60),  # what begins after it
        (date(2027, 2, 5), time(3, 55), 125),  # the last to begin, until six
        (date(2027, 2, 2), time(4), 30),
    ],
)
def test_a_night_belongs_to_the_day_before_it_and_so_does_the_last_one(day, clock, minutes):
    assert kinds(slot(1, _minutes(day, clock), minutes)) == []


@pytest.mark.parametrize(
    ("day", "clock", "minutes"),
    [
        (date(2027, 2, 5), time(3, 55), 126),
        (date(2027, 2, 5), time(4), 60),
        (date(2027, 2, 2), time(3, 59), 60),
    ],
)
def test_a_session_outside_the_events_days_and_nights_conflicts(day, clock, minutes):
    assert kinds(slot(1, _minutes(day, clock), minutes)) == [(Kind.DAYS, (1,))]


ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
CLOCKS = st.integers(0, 24 * 12 - 1).map(lambda n: time(n // 12, n % 12 * 5))


@given(st.dates(date(2015, 1, 1), date(2037, 1, 1)), CLOCKS, ZONES)
def test_a_time_on_a_day_of_the_agenda_is_read_back_as_it_was_said(day, clock, zone):
    at = moment_of(day, clock, zone)

    local = at.astimezone(zone)
    if local.time() == clock:  # else the clocks skip it
        assert agenda_day(at, zone) == day
    assert (local.date() - day).days == (clock < time(4)) or local.time() != clock


@given(
    st.integers(1_420_070_400, 2_114_380_800).map(
        lambda second: datetime.fromtimestamp(second, UTC)
    ),
    ZONES,
)
def test_each_moment_is_of_one_day_of_the_agenda(at, zone):
    begins, ends = day_bounds(agenda_day(at, zone), zone)

    assert begins <= at < ends


def test_the_days_are_those_of_the_events_zone():
    tokyo = EventDays(DAYS, time(8, 0), ZoneInfo("Asia/Tokyo"))
    early = slot(
        1, -9 * 60
    )  # midnight UTC is 09:00 in Tokyo; 00:00 there is 15:00 UTC the day before
    before = Slot(2, "S2", "WORKSHOP", 1, datetime(2027, 2, 1, 14, 0, tzinfo=UTC), 60)

    assert [one.sessions for one in find_conflicts([early, before], ROOMS, tokyo)] == [(2,)]


def test_what_blocks_comes_first():
    found = kinds(slot(1), slot(2, 65), slot(3, 400, room=2), slot(4, 410, room=2))

    assert found == [(Kind.ROOM, (3, 4)), (Kind.GAP, (1, 2))]


slots = st.builds(
    Slot,
    id=st.just(0),
    title=st.just("S"),
    type=st.sampled_from(["WORKSHOP", "MEAL_BREAK", "SOCIAL"]),
    room=st.sampled_from([1, 2, 3]),
    starts_at=st.integers(-300, 5000).map(lambda n: NINE + timedelta(minutes=5 * n // 5)),
    minutes=st.integers(5, 240),
    expected=st.integers(0, 40),
    places=st.none() | st.integers(1, 40),
    plenary=st.booleans(),
    people=st.frozensets(st.integers(1, 4), max_size=2),
)
agendas = st.lists(slots, max_size=14).map(
    lambda found: [replace(one, id=n) for n, one in enumerate(found, start=1)]
)


def by_brute_force(agenda):
    """Each pair looked at, straight from the definitions."""
    found = set()
    would_move = set()
    for one in agenda:
        # In winter Lisbon is UTC
        evening = (one.starts_at - timedelta(hours=4)).date()
        if evening not in DAYS or one.ends_at > datetime(2027, 2, 5, 6, tzinfo=UTC):
            found.add((Kind.DAYS, frozenset({one.id}), None))
    for a, b in combinations(agenda, 2):
        pair = frozenset({a.id, b.id})
        between = max(b.starts_at - a.ends_at, a.starts_at - b.ends_at)
        tight = between < timedelta(minutes=15) and "MEAL_BREAK" not in {a.type, b.type}
        overlap = between < timedelta(0)
        if overlap or (tight and a.room != b.room):
            kind = Kind.PERSON if overlap else Kind.GAP
            found |= {(kind, pair, person) for person in a.people & b.people}
        if overlap and a.room == b.room:
            found.add((Kind.ROOM, pair, None))
            would_move.add(max(a, b, key=lambda one: (one.starts_at, one.id)).id)
        in_a_hurry = (a.plenary or b.plenary) and "SOCIAL" not in {a.type, b.type}
        if tight and not overlap and (a.room == b.room or in_a_hurry):
            found.add((Kind.GAP, pair, None))
    for one in agenda:
        if one.needed > ROOMS[one.room].capacity and one.id not in would_move:
            found.add((Kind.CAPACITY, frozenset({one.id}), None))
    return found


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(agendas)
def test_the_sweep_finds_what_brute_force_finds(agenda):
    found = find_conflicts(agenda, ROOMS, EVENT)

    assert {one.key for one in found} == by_brute_force(agenda)
    assert len(found) == len({one.key for one in found})


@settings(max_examples=100, deadline=None)
@given(agendas)
def test_a_proposed_mend_has_nothing_in_its_way(agenda):
    conflicts = find_conflicts(agenda, ROOMS, EVENT)
    assume(conflicts)
    for conflict in conflicts:
        moved = next(one for one in agenda if one.id == conflict.sessions[-1])
        mend = propose(moved, agenda, ROOMS, EVENT)
        if mend is None:
            continue
        there = replace(moved, room=mend.room, starts_at=mend.starts_at)
        after = [there if one.id == moved.id else one for one in agenda]

        assert not [one for one in find_conflicts(after, ROOMS, EVENT) if moved.id in one.sessions]


def test_a_mend_keeps_the_time_where_another_room_is_free_else_moves_to_the_nearest():
    agenda = [slot(1), slot(2, 30, people=frozenset({7}))]

    assert propose(agenda[1], agenda, ROOMS, EVENT) == Mend(2, 2, NINE + timedelta(minutes=30))
    agenda = [slot(1, people=frozenset({7})), slot(2, 30, room=2, people=frozenset({7}))]
    assert propose(agenda[1], agenda, ROOMS, EVENT) == Mend(2, 2, NINE + timedelta(minutes=75))


def test_a_mend_for_a_small_room_is_the_smallest_that_seats_them_at_the_same_time():
    agenda = [slot(1, room=2, expected=28)]

    assert propose(agenda[0], agenda, ROOMS, EVENT) == Mend(1, 3, NINE)


def test_a_mend_stands_beside_no_plenary():
    agenda = [slot(1, 0, 90, plenary=True), slot(2, 30, room=2, expected=10), slot(3, 30, room=2)]

    mend = propose(agenda[1], agenda, ROOMS, EVENT)

    assert mend is not None
    assert mend.starts_at >= NINE + timedelta(minutes=90)


def test_there_is_no_mend_when_no_room_is_large_enough():
    agenda = [slot(1, expected=500)]

    assert propose(agenda[0], agenda, ROOMS, EVENT) is None


def test_a_mend_tries_the_place_that_the_session_was_moved_from():
    # From 10:00, which is free again, onto what fills the afternoon
    agenda = [slot(1, 90, 400), slot(2, 120), slot(3, 90, 400, room=3), slot(4, 90, 400, room=2)]

    assert propose(agenda[1], agenda, ROOMS, EVENT) == Mend(2, 1, NINE + timedelta(minutes=15))


def test_a_mend_never_sends_people_outdoors_unless_they_are_there():
    rooms = {1: ROOMS[1], 2: Room(2, "Terrace", 180, outdoors=True)}
    agenda = [slot(1, 0, 90), slot(2, 0, 90)]

    assert propose(agenda[1], agenda, rooms, EVENT) == Mend(2, 1, NINE + timedelta(minutes=105))
    agenda = [slot(1, room=2, expected=20), slot(2, room=2)]
    assert propose(agenda[1], agenda, rooms, EVENT) == Mend(2, 1, NINE)


def test_a_mend_may_be_on_the_next_day():
    late = slot(1, 60 * 9, 90, room=3, expected=28)  # 18:00, and every room is taken all day
    taken = [slot(n, -60, 60 * 11, room=room) for n, room in ((2, 1), (3, 2), (4, 3))]
    agenda = [late, *taken]

    mend = propose(late, agenda, ROOMS, EVENT)

    assert mend == Mend(1, 3, datetime(2027, 2, 3, 8, 0, tzinfo=UTC))


def printed(**more):
    fields = {
        "title": "Lab",
        "type": "WORKSHOP",
        "pillar": "",
        "outcome": "",
        "description": "",
        "where": "Lima",
        "starts_at": NINE,
        "minutes": 60,
        "capacity": None,
        "segment": ("", "", None),
        "people": frozenset(),
    }
    return Printed(**(fields | more))


def test_differences_tell_new_moved_changed_and_gone():
    before = {1: printed(), 2: printed(), 3: printed(), 4: printed()}
    after = {
        2: printed(where="Minho", title="Lab 2"),
        3: printed(title="Lab 3"),
        4: printed(),
        5: printed(),
    }

    found = {one.session: (one.change, one.fields) for one in differences(before, after)}

    assert found == {
        1: (Change.REMOVED, ()),
        2: (Change.MOVED, ("title", "where")),
        3: (Change.CHANGED, ("title",)),
        5: (Change.ADDED, ()),
    }


def test_a_conflict_is_the_same_after_a_change_of_time():
    one = Conflict(Kind.ROOM, (1, 2), NINE, NINE)
    other = Conflict(Kind.ROOM, (2, 1), NINE, NINE + timedelta(hours=1))

    assert one.key == other.key
