"""Who answers and by when, what tells about a person, whom an answer concerns, times in a row."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.due.rules import Calendar
from events.packets.comp.rules.comp import sole
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.inquiries.models import Inquiry, QuotaWish
from events.packets.inquiries.rules import concern, kinds, slots, states, texts, timing
from events.packets.inquiries.rules.kinds import Kind, Route
from events.packets.territories.rules.territory import Territory
from events.tests.factories import packet_content

LISBON = ZoneInfo("Europe/Lisbon")
D = Decimal


@pytest.mark.parametrize(
    ("kind", "route"),
    [
        ("CALCULATION", Route.REVOPS),
        ("DATA", Route.REVOPS),
        ("CREDITING", Route.REVOPS),
        ("PAY_TERMS", Route.REVOPS),
        ("TYPO", Route.REVOPS),
        ("INTERPRETATION", Route.MANAGER),
        ("QUOTA", Route.MANAGER),
        ("TERRITORY", Route.MANAGER),
    ],
)
def test_a_kind_goes_to_who_knows_and_to_revops_without_a_manager(kind, route):
    assert kinds.route_for(kind, has_manager=True) == route
    assert kinds.route_for(kind, has_manager=False) == Route.REVOPS


def test_every_kind_is_explained_and_has_a_time():
    assert set(kinds.EXPLAINED) == set(Kind)
    assert {kinds.usual_days(kind) for kind in Kind} == {1, 2, 3}


def test_an_unknown_kind_is_no_kind():
    with pytest.raises(ValueError, match="GOSSIP"):
        kinds.route_for("GOSSIP", has_manager=True)
    with pytest.raises(ValueError, match="GOSSIP"):
        kinds.usual_days("GOSSIP")


def due(at, days, zone=LISBON, countries=("PT",)):
    return timing.answer_due_at(
        at, days, zone=zone, calendars=[Calendar(country) for country in countries]
    )


@pytest.mark.parametrize(
    ("asked", "days", "answer"),
    [
        (datetime(2027, 1, 11, 9, tzinfo=UTC), 2, datetime(2027, 1, 13, 17, tzinfo=UTC)),
        # Friday evening and the weekend count from Monday
        (datetime(2027, 1, 15, 20, tzinfo=UTC), 1, datetime(2027, 1, 18, 17, tzinfo=UTC)),
        (datetime(2027, 1, 16, 9, tzinfo=UTC), 2, datetime(2027, 1, 19, 17, tzinfo=UTC)),
        # 10 June is a holiday in Portugal, and Lisbon is an hour ahead in summer
        (datetime(2027, 6, 9, 9, tzinfo=UTC), 1, datetime(2027, 6, 11, 16, tzinfo=UTC)),
    ],
)
def test_an_answer_is_due_at_five_after_working_days_where_the_rep_is(asked, days, answer):
    assert due(asked, days) == answer


def test_the_day_of_the_question_is_the_one_where_the_rep_is():
    late_in_tokyo = datetime(2027, 1, 11, 22, tzinfo=UTC)  # Tuesday there

    answer = due(late_in_tokyo, 1, ZoneInfo("Asia/Tokyo"), ("JP",))

    assert answer == datetime(2027, 1, 13, 8, tzinfo=UTC)


def test_only_days_count_on_which_rep_and_manager_work():
    friday = datetime(2027, 1, 15, 9, tzinfo=UTC)  # in Israel, Sunday is a working day

    assert due(friday, 1, countries=("IL",)) == datetime(2027, 1, 17, 17, tzinfo=UTC)
    assert due(friday, 1, countries=("IL", "PT")) == datetime(2027, 1, 18, 17, tzinfo=UTC)


def test_a_promise_stands_after_handing_on_but_leaves_a_working_day():
    monday = datetime(2027, 1, 11, 9, tzinfo=UTC)
    far, near = monday + timedelta(days=4), monday + timedelta(hours=1)

    def after(due_at):
        return timing.due_after_reroute(due_at, monday, zone=LISBON, calendars=[Calendar("PT")])

    assert after(far) == far
    assert after(near) == datetime(2027, 1, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You get €900", ["€900"]),
        ("900,000 a year", ["900,000"]),
        ("900.000 and 12 500", ["900.000", "12 500"]),
        ("about 90k", ["90k"]),
        ("1.2 million", ["1.2 million"]),
        ("45000", ["45000"]),
        ("USD 45", ["USD 45"]),
        ("45 EUR", ["45 EUR"]),
        ("٤٥٠٠٠", ["٤٥٠٠٠"]),
        ("１２３４５", ["12345"]),
        ("40% of quota, 1.5 times, 3 months, 2 deals", []),
        ("From 1 March 2027 on, in FY28", []),
        ("Version 2, clause 4.1", []),
        ("", []),
    ],
)
def test_what_looks_like_money_is_found(text, found):
    assert texts.amounts_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aicha asked", ["Aïcha"]),
        ("BENYAHIA’s plan", ["Benyahia"]),
        ("Søren said so", ["Søren"]),
        ("soren", []),  # ø is a letter of its own
        ("The plan of a rep", []),
    ],
)
def test_names_of_those_who_wrote_are_found(text, found):
    assert texts.names_in(text, ["Aïcha Benyahia", "Søren Li", ""]) == found


def test_an_account_is_found_by_its_full_name():
    accounts = ["Halle aux Vins", "Vin", ""]

    assert texts.phrases_in("Is halle aux vins mine?", accounts) == ["Halle aux Vins"]
    assert texts.phrases_in("The hall of wine", accounts) == []


def test_text_is_kept_without_control_signs_and_with_the_marks_of_scripts():
    assert texts.tidy(" a\r\nb\x00\x07\rc\u200d ") == "a\nb\nc\u200d"


def other_plan():
    bands = (Band(D(0), D(1)), Band(D(1), D(3)))
    return sole(Plan(Basis.TV_MULTIPLIER, bands=bands))


def test_an_answer_about_a_plan_concerns_the_same_plan_at_other_amounts():
    asked = packet_content()

    assert concern.concerns("PLAN", asked, packet_content(quota="1", target_variable="7"))
    assert not concern.concerns("PLAN", asked, packet_content(measures=other_plan()))


def test_plans_with_names_are_the_same_by_name():
    asked = packet_content()
    named = replace(asked, comp=replace(asked.comp, plan_name="Hunter"))
    other = packet_content(measures=other_plan())
    same_name = replace(other, comp=replace(other.comp, plan_name="hunter"))
    farmer = replace(asked, comp=replace(asked.comp, plan_name="Farmer"))

    assert concern.concerns("PLAN", named, same_name)
    assert not concern.concerns("PLAN", named, farmer)


def test_an_answer_about_a_territory_concerns_its_geography_and_its_accounts():
    asked = packet_content(territory=Territory("Iberia", "", ("Acme",)))

    def is_concerned(territory):
        return concern.concerns("TERRITORY", asked, packet_content(territory=territory))

    assert is_concerned(Territory("IBERIA"))
    assert is_concerned(Territory("France", "", ("acme", "Umbra")))
    assert not is_concerned(Territory("France", "", ("Umbra",)))
    nowhere = packet_content(territory=Territory())
    assert not concern.concerns("TERRITORY", nowhere, packet_content(territory=Territory()))


def test_an_answer_about_terms_concerns_their_edition_and_everyone_is_everyone():
    asked = packet_content()
    other = replace(asked, comp=replace(asked.comp, terms="2030.1"))

    assert concern.concerns("TERMS", asked, packet_content())
    assert not concern.concerns("TERMS", asked, other)
    assert concern.concerns("EVERYONE", asked, other)
    assert not concern.concerns("NOBODY", asked, other)


def test_a_series_fills_the_time_with_slots_of_one_length():
    spans = slots.series(date(2027, 2, 2), time(13), time(14, 10), 20, LISBON)

    assert [span.starts_at.hour * 60 + span.starts_at.minute for span in spans] == [780, 800, 820]
    assert all(span.ends_at - span.starts_at == timedelta(minutes=20) for span in spans)


def test_without_an_end_there_is_one_slot():
    (span,) = slots.series(date(2027, 6, 2), time(13), None, 45, LISBON)

    assert span.starts_at == datetime(2027, 6, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends", "minutes"), [(time(13, 10), 20), (time(12), 20), (None, 4), (None, 999), (time(20), 5)]
)
def test_a_series_that_holds_none_or_too_many_is_refused(ends, minutes):
    with pytest.raises(ValueError, match=r"out of bounds|None fits"):
        slots.series(date(2027, 2, 2), time(13), ends, minutes, LISBON)


def test_slots_that_touch_do_not_overlap():
    one, two, three = slots.series(date(2027, 2, 2), time(13), time(14), 20, LISBON)

    assert slots.first_clash([two], [one, three]) is None
    wide = slots.Span(one.starts_at + timedelta(minutes=5), two.ends_at)
    assert slots.first_clash([wide], [three, two, one]) == (wide, one)


def test_every_state_has_a_word_and_what_is_late_says_so():
    assert all(states.of_inquiry(state)[1] for state in Inquiry.State)
    assert all(states.of_wish(state)[1] for state in QuotaWish.State)
    assert states.of_inquiry("OPEN", is_late=True) == ("late", "Overdue")
