from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from agenda.reviews.rules.drawing import pictures_of
from agenda.reviews.rules.parts import Part, planned
from agenda.reviews.rules.reasons import agreed, finding, gaps, headline, warn_late
from agenda.reviews.rules.shortlist import Deal, shortlist


def deal(n, value, closed="2026-11-20", engaged="2026-09-20", currency="USD", **more):
    return Deal(
        n,
        f"Account {n}",
        None if value is None else Decimal(value),
        currency,
        date.fromisoformat(closed),
        date.fromisoformat(engaged) if engaged else None,
        **more,
    )


def listed(deals, *, won=True):
    return [(one.deal.id, one.why) for one in shortlist(deals, won=won)]


def test_a_shortlist_says_in_words_what_speaks_for_each_deal():
    deals = [
        deal(1, 690_000, engaged="2026-01-02", competitor="Frostline"),
        deal(2, 238_000, closed="2026-10-20", engaged="2026-08-20"),
        deal(3, 90_000, closed="2026-12-01"),
        deal(4, 80_000, engaged="2026-02-01"),
    ]

    assert listed(deals) == [
        (1, "largest, won from Frostline"),
        (2, "shortest cycle, 61 days"),
        (3, "closed last, Tue 1 Dec"),
    ]


def test_a_deal_whose_buyer_was_heard_comes_first_and_a_loss_tells_of_its_longest_cycle():
    deals = [
        deal(1, 900, engaged="2026-01-20", segment="Enterprise"),
        deal(2, 400, closed="2026-11-21", is_heard=True, segment="Mid-market"),
        deal(3, 300, closed="2026-11-19", is_heard=True),
    ]

    assert listed(deals, won=False) == [
        (2, "closed last, Sat 21 Nov; largest of Mid-market; largest with an interview"),
        (3, "its buyer was interviewed"),
        (1, "largest; longest cycle, 304 days"),
    ]


def test_amounts_of_another_currency_and_deals_without_one_are_not_the_largest():
    deals = [deal(1, 50), deal(2, 40), deal(3, 9_000_000, currency="JPY"), deal(4, None)]

    assert dict(listed(deals))[1].startswith("largest")


def test_lost_deals_without_a_value_are_named_for_their_interviews_and_do_not_crowd_out():
    deals = [deal(n, 0, closed=f"2026-11-{n + 10}", is_heard=n < 9) for n in range(10)]

    assert listed(deals, won=False) == [
        (6, "its buyer was interviewed"),
        (7, "its buyer was interviewed"),
        (8, "its buyer was interviewed"),
        (9, "longest cycle, 60 days; closed last, Thu 19 Nov"),
    ]


def test_no_deal_makes_an_empty_shortlist():
    assert shortlist([], won=True) == []


PAIRS = (
    [("COMPETITOR", "PROCESS_FAILURE")] * 3
    + [("UNKNOWN", "NO_DECISION")]
    + [("COMPETITOR", "COMPETITOR")]
)


def test_the_finding_names_what_reps_say_too_often_and_what_buyers_do():
    assert finding(PAIRS) == (
        "Over all 5 lost deals reps name “Competitor” 4 to buyers’ 1, "
        "buyers “Process failure” 3 to reps’ 0"
    )
    assert agreed(PAIRS) == 1
    assert finding([("COMPETITOR", "COMPETITOR")]) == (
        "Over all 1 lost deals reps and buyers name the same reasons as often"
    )


def test_what_buyers_name_most_comes_first_and_unknown_last_though_counted():
    assert [(gap.reason, gap.reps, gap.buyers) for gap in gaps(PAIRS)][:2] == [
        ("PROCESS_FAILURE", 0, 3),
        ("COMPETITOR", 4, 1),
    ]
    assert (gaps(PAIRS)[-1].reason, gaps(PAIRS)[-1].reps) == ("UNKNOWN", 1)


def test_numbers_of_the_picture_stand_away_from_the_other_side():
    wide, narrow = pictures_of(gaps(PAIRS))
    first = wide.pairs[0]

    assert (wide.width, narrow.width) == (720, 350)
    assert first.buyer.text_x > first.buyer.x > first.rep.x
    assert first.rep.anchor == "middle"  # a nought has no room to its left


@pytest.mark.parametrize(
    ("rep", "buyer", "said"),
    [
        ("COMPETITOR", "COMPETITOR", "Rep and buyer say the same: Competitor."),
        ("COMPETITOR", "NO_DECISION", "The rep says: Competitor. The buyer says: No decision."),
        ("COMPETITOR", "", "The rep says: Competitor. The buyer was not asked yet."),
        ("", "UNKNOWN", "The buyer says: Unknown. The rep has not said it yet."),
        ("", "", "Nobody has said why yet."),
    ],
)
def test_a_deal_has_a_sentence_for_what_is_known(rep, buyer, said):
    assert headline(rep, buyer, won=False) == said


@pytest.mark.parametrize(("days", "warns"), [(None, False), (21, False), (22, True)])
def test_an_interview_after_three_weeks_is_said_to_be_late(days, warns):
    assert bool(warn_late(days)) is warns


def test_three_reviews_share_the_minutes_of_their_session():
    nine = datetime(2027, 2, 3, 9, tzinfo=UTC)

    first, last = planned(nine, 75, 0, 3), planned(nine, 75, 2, 3)

    assert [at.strftime("%H:%M") for at in first.values()] == ["09:00", "09:04", "09:14", "09:20"]
    assert last[Part.GUESS].strftime("%H:%M") == "09:50"
