from dataclasses import replace
from datetime import date

import pytest

from events.strategies.rules import (
    LETTERS,
    Content,
    DealFacts,
    Known,
    Risk,
    Stakeholder,
    Watched,
    lacks,
    read,
    warnings,
)

TODAY = date(2027, 1, 4)
WHOLE = Content(
    next_step="Call",
    letters={letter.key: Known(2, "Said so on 3 January") for letter in LETTERS},
    stakeholders=(Stakeholder("Ingrid", "COO", "FOR"),),
    risks=(Risk("They wait for the audit", "Me"),),
    ask="A way to the COO",
)
CURRENT = DealFacts(
    stage="ENGAGING",
    engage_date=date(2026, 12, 20),
    close_date=date(2027, 3, 1),
    next_step="Call",
    next_step_date=date(2027, 1, 4),
)


def test_a_strategy_is_read_as_it_was_kept():
    assert read(WHOLE.kept()) == WHOLE
    assert (WHOLE.scored, WHOLE.total, lacks(WHOLE)) == (8, 16, [])


def test_nothing_written_lacks_scores_a_risk_and_the_ask():
    said = " ".join(lacks(read({})))

    assert all(word in said for word in ("Metrics, Economic buyer", "one risk", "Write your ask"))


def test_zero_is_an_answer_and_confirmed_wants_evidence():
    zero = {**WHOLE.letters, "metrics": Known(0), "paper": Known(3, "")}

    assert lacks(replace(WHOLE, letters=zero)) == [
        "Write who said so where you say confirmed or evidenced: Paper process."
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"close_date": TODAY}, []),
        ({"close_date": date(2027, 1, 3)}, ["Its close date, Sun 3 Jan 2027, is past."]),
        ({"engage_date": date(2026, 12, 5)}, []),
        (
            {"engage_date": date(2026, 12, 4)},
            ["It is stalled in its stage: nothing for 31 days."],
        ),
        ({"engage_date": date(2026, 1, 1), "last_activity_date": TODAY}, []),
        ({"next_step": ""}, ["It has no next step."]),
        ({"next_step_date": date(2027, 1, 3)}, ["Its next step was due on Sun 3 Jan 2027."]),
        ({"next_step": None, "next_step_date": None}, ["The CRM does not say: next step."]),
        (
            {"close_date": None, "engage_date": None},
            ["The CRM does not say: close date, activity."],
        ),
    ],
)
def test_what_the_data_of_a_deal_warns_of(change, said):
    assert warnings(replace(CURRENT, **change), Watched(), TODAY) == said


def test_a_warning_that_is_off_is_not_given():
    bad = DealFacts(close_date=date(2026, 1, 1), engage_date=date(2025, 1, 1), next_step="")

    assert len(warnings(bad, Watched(), TODAY)) == 3
    off = Watched(closing=False, stalled=False, next_step=False, no_data=False)
    assert warnings(bad, off, TODAY) == warnings(None, off, TODAY) == []
    assert len(warnings(None, Watched(), TODAY)) == 1
