import pytest

from agenda.panels.rules import Mix, Plan, begins, on_scale, standing_of


@pytest.mark.parametrize(
    ("score", "standing"),
    [
        (0, "DETRACTOR"),
        (6, "DETRACTOR"),
        (7, "NEUTRAL"),
        (8, "NEUTRAL"),
        (9, "PROMOTER"),
        (10, "PROMOTER"),
    ],
)
def test_a_score_says_who_promotes_and_who_detracts(score, standing):
    assert standing_of(score) == standing


@pytest.mark.parametrize(
    ("mix", "nps"),
    [
        (Mix(), None),
        (Mix(1, 1, 1), 0),
        (Mix(2, 1, 0), 67),
        (Mix(0, 1, 2), -67),
        (Mix(1, 7, 0), 13),  # 12.5
        (Mix(0, 7, 1), -13),
        (Mix(0, 0, 3), -100),
    ],
)
def test_nps_is_percent_of_promoters_less_percent_of_detractors(mix, nps):
    assert mix.nps == nps


def test_a_mix_lacks_whoever_is_not_there():
    assert Mix.of(["PROMOTER", "NEUTRAL", "PROMOTER"]).missing == ["DETRACTOR"]
    assert Mix.of([]).missing == ["PROMOTER", "NEUTRAL", "DETRACTOR"]
    assert Mix.of(["DETRACTOR", "NEUTRAL", "PROMOTER"]).missing == []


def test_minutes_add_up_against_the_length_of_the_session():
    assert (Plan(40, 60).left, Plan(40, 60).over) == (20, 0)
    assert (Plan(70, 60).left, Plan(70, 60).over) == (0, 10)
    assert begins([6, 10, 4]) == [0, 6, 16]


def test_the_scale_runs_from_minus_to_plus_a_hundred():
    assert [on_scale(nps, 200) for nps in (-100, 0, 100)] == [0, 100, 200]
