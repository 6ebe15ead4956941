from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.clinics.rules import (
    PARTS,
    Act,
    Clock,
    Step,
    check,
    fold,
    heading,
    read_clock,
    spreads,
    widest,
)

NOON = datetime(2027, 2, 2, 12, tzinfo=UTC)
GIVEN = (240, 300, 480, 300, 300, 180)
AICHA, RUTA, OMAR = 1, 2, 3


def minutes(count):
    return timedelta(minutes=count)


def clock(part=2, since=NOON, used=(260, 340, 0, 0, 0, 0), **more):
    return Clock(part, since, used, GIVEN, **more)


def act(kind, said=None, at=NOON, by=AICHA, turn="", key=None):
    return Act(key=key or uuid4(), kind=kind, at=at, by_id=by, turn=turn, said=said or {})


def of_deal(kind, said=None, at=NOON, by=AICHA):
    return act(kind, said, at, by, turn="1.1")


def score(person, number, at=NOON, by=None):
    return of_deal("SCORE", {"person": person, "letters": {"pain": number}}, at, by or person)


def champion(*scores):
    return spreads({"champion": one, "metrics": 2} for one in scores)


def test_a_part_has_what_it_was_given_less_what_it_took_and_goes_below_nothing():
    assert clock().left_at(NOON + minutes(4)) == 4 * 60
    assert clock().left_at(NOON + minutes(9)) == -60


def test_a_deal_ends_when_each_part_to_come_has_had_its_time():
    assert clock().ends_at(NOON + minutes(4)) == NOON + minutes(4 + 4 + 5 + 5 + 3)


def test_a_part_that_is_over_its_time_moves_the_end():
    assert clock().ends_at(NOON + minutes(10)) == NOON + minutes(10 + 5 + 5 + 3)


def test_a_paused_clock_stands_and_its_end_moves_on():
    paused = clock(used=(0, 0, 60, 0, 0, 0), is_paused=True)
    assert paused.left_at(NOON + minutes(30)) == 7 * 60
    assert paused.ends_at(NOON + minutes(30)) == NOON + minutes(30 + 7 + 13)


def test_a_clock_that_is_over_ended_when_it_was_stopped():
    over = clock(part=len(PARTS))
    assert (over.is_over, over.left_at(NOON + minutes(9))) == (True, 0)
    assert over.ends_at(NOON + minutes(9)) == NOON


def test_a_clock_is_read_as_it_was_kept():
    assert read_clock(clock().kept()) == clock()


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": 7},
        {"part": True},
        {"since": "2027-02-02T12:00:00"},
        {"since": "soon"},
        {"used": [1, 2]},
        {"given": [0, 0, 0, 0, 0, -1]},
        {"given": "abcdef"},
        {"is_paused": 1},
    ],
)
def test_a_clock_that_no_clock_can_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        read_clock({**clock().kept(), **wrong})


def test_the_widest_spread_is_what_the_group_talks_about():
    assert heading(champion(3, 3, 3, 0, 1, 1)) == "Champion splits the group: 3 say 3, 3 say 0 or 1"
    assert heading(champion(3, 0)) == "Champion splits the group: 1 says 3, 1 says 0"


def test_of_two_letters_as_far_apart_the_one_that_splits_more_evenly_comes_first():
    given = [{"pain": 3, "buyer": 3}, {"pain": 1, "buyer": 1}, {"pain": 3, "buyer": 1}]
    given.append({"pain": 3, "buyer": 3})
    assert widest(spreads(given)).letter.key == "buyer"


def test_a_point_apart_is_agreement():
    assert heading(champion(2, 3)) == "The group agrees on every letter"
    assert heading(champion()) == "Nobody has scored yet"


def test_a_median_lies_between_two():
    assert [one.median for one in champion(0, 1, 1, 3, 3, 3) if one.values] == [2.0, 2.0]


def test_what_somebody_gave_themselves_counts_whatever_is_entered_for_them():
    room = fold([score(RUTA, 1), score(RUTA, 3, NOON + minutes(1), by=AICHA), score(OMAR, 2, by=1)])
    assert room.turns["1.1"].scores == {RUTA: {"pain": 1}, OMAR: {"pain": 2}}


def test_once_scores_are_shown_no_other_is_taken_until_the_group_scores_once_more():
    shown = [
        score(RUTA, 1),
        of_deal("SHOW", at=NOON + minutes(1)),
        score(OMAR, 3, NOON + minutes(2)),
    ]
    assert fold(shown).turns["1.1"].scores == {RUTA: {"pain": 1}}
    again = [*shown, of_deal("AGAIN", at=NOON + minutes(3)), score(OMAR, 2, NOON + minutes(4))]
    assert fold(again).turns["1.1"].scores == {OMAR: {"pain": 2}}


def test_an_action_is_the_last_that_was_said_of_it_and_goes_when_it_is_taken_back():
    key, later = str(uuid4()), NOON + minutes(1)
    said = {"step": key, "words": "Ask Claire", "owner": RUTA, "by": "2027-02-09"}
    first, second = of_deal("STEP", said), of_deal("STEP", {**said, "owner": OMAR}, later)
    assert fold([second, first]).steps == {
        UUID(key): Step("1.1", "Ask Claire", OMAR, date(2027, 2, 9))
    }
    assert fold([first, act("DROP", {"step": key}, later)]).steps == {}


def test_the_deal_that_began_last_is_on_until_its_clock_is_over():
    first = act("CLOCK", {"clock": clock(part=0).kept()}, turn="1.1")
    second = act("CLOCK", {"clock": clock(part=0).kept()}, NOON + minutes(30), turn="2.1")
    over = act("CLOCK", {"clock": clock(part=6).kept()}, NOON + minutes(60), turn="2.1")
    assert fold([first]).now == "1.1"
    assert fold([first, second]).now == "2.1"
    assert fold([first, second, over]).turns["2.1"].ended_at == NOON + minutes(60)


ACTS = [
    act("LEAD", by=OMAR),
    act("HERE", {"person": RUTA, "is_here": False}),
    act("HERE", {"person": RUTA, "is_here": True}, NOON + minutes(1)),
    act("ORDER", {"turns": ["2.1", "1.1"]}),
    act("MINUTES", {"given": list(GIVEN)}),
    of_deal("SKIP", {"is_skipped": True}),
    of_deal("CLOCK", {"clock": clock(part=0).kept()}, NOON + minutes(2)),
    score(RUTA, 2, NOON + minutes(3)),
    of_deal("SHOW", at=NOON + minutes(4)),
    of_deal("AGAIN", at=NOON + minutes(5)),
    score(OMAR, 0, NOON + minutes(6)),
    of_deal("VERDICT", {"verdict": "INVEST"}, NOON + minutes(7)),
]


@settings(max_examples=25)
@given(st.permutations(ACTS))
def test_no_order_of_arrival_matters(arrived):
    assert fold(arrived) == fold(ACTS)


@pytest.mark.parametrize(
    ("kind", "turn", "said", "field"),
    [
        ("VERDICT", "", {"verdict": "INVEST"}, "turn"),
        ("VERDICT", "1.3", {"verdict": "INVEST"}, "turn"),
        ("VERDICT", "1.1", {"verdict": "MAYBE"}, "verdict"),
        ("LEAD", "1.1", {}, "turn"),
        ("SCORE", "1.1", {"person": 1, "letters": {"pain": 4}}, "letters"),
        ("SCORE", "1.1", {"person": 1, "letters": {"luck": 1}}, "letters"),
        ("SCORE", "1.1", {"person": True, "letters": {"pain": 1}}, "person"),
        ("STEP", "1.1", {"step": "x", "words": "a", "owner": 1, "by": "2027-02-09"}, "step"),
        (
            "STEP",
            "1.1",
            {"step": str(uuid4()), "words": " ", "owner": 1, "by": "2027-02-09"},
            "words",
        ),
        ("STEP", "1.1", {"step": str(uuid4()), "words": "a", "owner": 1, "by": "soon"}, "by"),
        ("CLOCK", "1.1", {"clock": []}, "clock"),
        ("MINUTES", "", {"given": [1]}, "given"),
        ("ORDER", "", {"turns": ["x"]}, "turns"),
        ("HERE", "", {"person": 1}, "is_here"),
        ("DROP", "", {"step": None}, "step"),
    ],
)
def test_an_act_that_says_what_it_cannot_is_refused_by_the_name_of_its_field(
    kind, turn, said, field
):
    with pytest.raises(ValueError, match=f"^{field}$"):
        check(kind, turn, said)


def test_what_a_kind_does_not_say_is_left_out():
    assert check("SHOW", "1.1", {"figures": 1}) == {}
