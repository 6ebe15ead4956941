"""Content, rows of a file, sealing, names, coverage, words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.imports.problems import FileRefused
from core.imports.rows import parse_rows
from core.imports.tables import Limits, build_table
from events.attendance.queries import NO_REP
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.comp.rules.terms import CURRENT
from events.packets.coverage.rules.counts import Cover, totalled
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules import content as contents
from events.packets.delivery.rules import states, words
from events.packets.delivery.rules.files import FIELDS, read_packets
from events.packets.delivery.rules.rows import Rep
from events.packets.delivery.rules.signing import is_name_of
from events.packets.quotas.rules.quota import Origin
from events.tests.factories import packet_content
from people.org.finding import Finder

D = Decimal
AICHA = Rep(1, "aicha@example.com", "E-17", contents.Identity("Aïcha Benyahia"))
ROSTER = Finder(NO_REP)
ROSTER.add(AICHA, "Aïcha Benyahia", email="aicha@example.com", employee_id="E-17")
ROSTER.add(None, "Wei Zhang", email="wei@example.com")
ROSTER.add(None, "Wei Zhang", email="wei.z@example.com")
GOOD = {
    "rep": "aicha@example.com",
    "currency": "eur",
    "quota": "900000",
    "base": "84000",
    "target_variable": "56 000.50",
    "effective_from": "2027-03-01",
    "geography": "France and Belgium",
    "segment": "200 to 2,000 staff",
    "accounts": "Marsanne Logistique; Halle aux Vins;",
}


def read(**cells):
    cells = GOOD | cells
    table = build_table([(1, list(cells)), (2, list(cells.values()))], Limits())
    (row,) = read_packets(parse_rows(table, FIELDS, dict(zip(cells, cells, strict=True))), ROSTER)
    return row


def problems_with(**cells):
    try:
        read(**cells)
    except FileRefused as refusal:
        return {problem.column: problem.message for problem in refusal.problems}
    return {}


def test_quarters_of_which_one_has_no_column_are_one_error_of_the_file():
    [(column, message)] = problems_with(q4="900000").items()

    assert column == "Quota of quarter 1"
    assert message.startswith("No column holds this")
    assert "all four quarters" in message


def test_a_rep_who_is_nobody_does_not_hide_quarters_that_do_not_add_up():
    found = problems_with(rep="nobody@example.com", q1="1", q2="1", q3="1", q4="1")

    assert list(found) == ["rep", "quota"]


def test_a_good_row_becomes_the_content_of_its_rep():
    row = read()

    assert row.rep == AICHA
    assert row.content.currency == "EUR"
    assert row.content.quota.amount == 900000
    assert row.content.comp.target_variable == D("56000.50")
    assert row.content.effective_to == date(2028, 2, 29)
    assert row.content.territory.accounts == ("Marsanne Logistique", "Halle aux Vins")
    assert row.content.comp.terms == CURRENT


@pytest.mark.parametrize("name", ["AICHA@Example.com ", "e-17", "aïcha  BENYAHIA"])
def test_a_rep_is_found_by_mail_employee_id_or_name(name):
    assert read(rep=name).rep == AICHA


@pytest.mark.parametrize(
    ("field", "cell", "says"),
    [
        ("rep", "nobody@example.com", "no rep on this roster"),
        ("rep", "Wei Zhang", "more than one person"),
        ("rep", "", "empty"),
        ("currency", "EURO", "no currency"),
        ("currency", "", "empty"),
        ("quota", "-5", "never negative"),
        ("quota", "0", "above zero"),
        ("quota", "", "empty"),
        ("quota", "a lot", "no number"),
        ("quota", "900.000", "may mean two"),
        ("quota", "1e6", "lost digits"),
        ("quota", "NaN", "no number"),
        ("quota", "9" * 30, "too large"),
        ("quota", "=1+1", "no number"),
        ("base", "-1", "never negative"),
        ("base", "1.0051", "2 decimals"),
        ("target_variable", "-1", "never negative"),
        ("effective_from", "01/03/2027", "no date"),
        ("effective_from", "2027-02-30", "no date"),
        ("effective_from", "1999-03-01", "between 2000 and 2100"),
        ("effective_to", "2027-02-01", "before it starts"),
        ("effective_to", "2031-02-01", "two years"),
        ("threshold", "forty", "no share"),
        ("threshold", "40", "no share"),
        ("cap", "-1%", "no share"),
        ("bands", "100%: 1.5", "begins at 0%"),
        ("bands", "0%: 1; 0%: 2", "rise"),
        ("bands", "0%: -1", "no rate"),
        ("bands", "1.5", "no band"),
        ("terms", "1999", "no edition"),
        ("geography", "x" * 201, "201 characters"),
        ("accounts", "Acme; acme", "named twice"),
        ("accounts", ";".join(map(str, range(1001))), "More than 1000"),
    ],
)
def test_each_bad_cell_is_told_in_words_under_its_field(field, cell, says):
    found = problems_with(**{field: cell})

    assert list(found) == [field]
    assert says in found[field]


def test_all_problems_of_a_row_are_told_at_once():
    assert set(problems_with(rep="x", quota="-1", currency="??")) == {"rep", "quota", "currency"}


def test_a_currency_without_decimals_takes_no_cents():
    found = problems_with(currency="JPY", quota="100.50", target_variable="1")

    assert found == {"quota": "JPY has 0 decimals."}


def test_quarters_must_add_up_to_the_quota():
    quarters = {"q1": "180000", "q2": "225000", "q3": "225000", "q4": "270000"}

    assert problems_with(**quarters) == {}
    assert "add up to 900001" in problems_with(**{**quarters, "q4": "270001"})["quota"]


def test_a_plan_with_threshold_cap_and_bands_is_read_from_its_cells():
    row = read(threshold="40%", cap="2.5", bands="0%: 1; 100%: 1.5;")

    plan = row.content.comp.measures[0].plan
    assert plan.threshold.at == D("0.4")
    assert plan.cap == D("2.5")
    assert plan.bands == (Band(D(0), D(1)), Band(D(1), D("1.5")))


def test_a_date_of_a_sheet_with_its_midnight_is_a_date():
    row = read(effective_from="2027-03-01 00:00:00")

    assert row.content.effective_from == date(2027, 3, 1)


def test_control_characters_are_left_out_of_a_name_and_signs_of_formulas_are_kept():
    row = read(accounts="=HYPER\x00LINK(1)")

    assert row.content.territory.accounts == ("=HYPERLINK(1)",)


def test_content_survives_its_payload_and_equal_content_hashes_apart_by_salt():
    content = packet_content()
    one, other = (contents.to_payload(content, salt=salt) for salt in "ab")

    assert contents.from_payload(one) == content
    assert contents.hash_of(one) != contents.hash_of(other)
    assert contents.hash_of(one) == contents.hash_of(contents.to_payload(content, salt="a"))


def test_what_a_full_year_would_hold_survives_its_payload():
    content = replace(
        packet_content(), full_year=contents.FullYear(275, 365, D(1200000), D(120000), D(90000))
    )

    assert contents.from_payload(contents.to_payload(content, salt="s")) == content


def test_how_a_quota_came_to_be_survives_its_payload_and_is_no_promise():
    content = packet_content()
    ramp = (D("0.25"), D("0.5"), D("0.75"), D(1))
    origin = Origin(D(1200000), date(2027, 4, 1), date(2028, 2, 29), 335, 366, ramp)
    explained = replace(content, quota=replace(content.quota, origin=origin))

    read = contents.from_payload(contents.to_payload(explained, salt="s"))

    assert read.quota.origin == origin
    assert read == content
    assert read.says_the_same_as(content)
    assert contents.from_payload(contents.to_payload(content, salt="s")).quota.origin is None


def test_a_payload_of_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="unknown format"):
        contents.from_payload('{"format": 3}')


def test_a_new_manager_changes_no_promise_and_a_new_quota_does():
    content = packet_content()

    assert content.says_the_same_as(packet_content(identity=contents.Identity("A", manager="B")))
    assert not content.says_the_same_as(packet_content(quota="900001"))


def test_no_part_of_a_packet_shows_its_figures_in_a_repr():
    content = packet_content(quota="917342")
    row = read(quota="917342")

    shown = repr([content, content.quota, content.quota.periods, content.comp, row])
    assert "917342" not in shown
    assert "84000" not in shown


@pytest.mark.parametrize("typed", ["Aïcha Benyahia", "aicha  benyahia ", "AICHA BENYAHIA", "Aicha"])
def test_a_name_is_signed_in_any_case_and_without_accents(typed):
    assert is_name_of(typed, "Aïcha Benyahia", "Aïcha")


@pytest.mark.parametrize("typed", ["", "  ", "Thabo Nkosi", "Aicha B"])
def test_another_name_is_no_signature(typed):
    assert not is_name_of(typed, "Aïcha Benyahia", "")


@pytest.mark.parametrize("name", ["佐々木 健", "دانا الخطيب", "Ольга Шевченко"])
def test_names_in_any_script_are_signatures(name):
    assert is_name_of(name, name)


def test_what_changed_is_said_change_by_change():
    before = packet_content(quota="940000")
    after = packet_content(
        territory=contents.Territory(
            "France", "200 to 2,000 staff", ("Halle aux Vins", "Banque Hélios")
        ),
    )

    assert words.changes(before, after) == [
        "The quota went from €940,000 to €900,000.",
        "The geography went from France and Belgium to France.",
        "Banque Hélios moved in.",
        "Marsanne Logistique moved out.",
    ]
    assert words.changes(after, after) == []


def test_a_change_of_plan_terms_dates_and_money_is_said():
    before = packet_content()
    plan = Plan(Basis.TV_MULTIPLIER, bands=before.comp.measures[0].plan.bands, cap=D(2))
    after = packet_content(
        base="90000", target_variable="60000", plan=plan, effective_from=date(2027, 4, 1)
    )

    said = " ".join(words.changes(before, after))
    for part in ("€84,000 to €90,000", "€56,000 to €60,000", "never passes 200%", "1 April 2027"):
        assert part in said


def test_a_long_list_of_names_ends_with_how_many_more():
    assert words.named(["A", "B", "C"], 2) == "A, B, 1 more"


def test_examples_are_worked_at_half_whole_and_half_as_much_again():
    assert [example.earned for example in packet_content().examples()] == [
        28000,
        56000,
        105000,
    ]


def test_coverage_says_who_is_furthest_behind():
    coverage = totalled(
        [Cover("Americas", 24, 7, 4, 3), Cover("EMEA", 18, 8, 3, 5), Cover("APAC", 18, 4, 2, 0)]
    )

    assert coverage.finding == (
        "60 of 96 have signed the receipt. EMEA is furthest behind: 5 of its 34 are not released."
    )
    assert coverage.all.released == 88


def test_coverage_blames_nobody_for_packets_that_come_as_planned():
    planned = Cover("Americas", 2, not_released=4, under_way=4)
    lacking = Cover("EMEA", 2, not_released=3, under_way=2)

    assert totalled([planned, Cover("APAC", 1)]).finding == (
        "3 of 7 have signed the receipt. 4 packets are with their approvers or come out as planned."
    )
    both = totalled([planned, lacking])
    assert "EMEA is furthest behind: 3 of its 5 are not released." in both.finding
    assert planned.label.endswith("4 not released")
    assert lacking.label.endswith("3 not released, 1 with nothing under way")


def test_coverage_of_signatures_when_all_is_released():
    coverage = totalled([Cover("Americas", 2, 1, 1, 0), Cover("EMEA", 1, 0, 0, 0)])

    assert "Americas is furthest behind: 2 of its 4 have not signed" in coverage.finding


def test_coverage_of_nobody_and_of_everybody_is_said_too():
    assert "no rep" in totalled([]).finding
    assert totalled([Cover("EMEA", 3)]).finding == "Everybody has signed the receipt: 3 of 3."


def test_every_state_has_a_shape_and_a_word():
    for state in [*PacketVersion.State.values, states.NO_PACKET]:
        assert states.kind(state) in {"done", "part", "wait", "soon", "late"}
        assert states.word(state)
    assert states.word(states.NO_PACKET, on_a_board=True) == "Not released"


def test_red_is_for_what_nobody_works_on():
    calm = [states.WAITING, states.EMBARGOED, "DRAFT", "APPROVED", "RELEASED"]

    assert {states.kind(state) for state in calm} == {"wait", "part"}
    assert states.kind(states.NO_PACKET) == "late"
    assert states.kind(states.NO_PACKET, on_a_board=True) == "wait"


def test_a_payload_of_the_first_format_stays_readable():
    plan = '{"basis":"TV_MULTIPLIER","method":"MARGINAL","bands":[{"from":"0","rate":"1"}],"points":[],"threshold":null,"cap":null}'
    first = (
        '{"format":1,"salt":"s","currency":"EUR","effective":["2027-03-01","2028-02-29"],'
        '"identity":{"name":"A","job_title":"","manager":"","region":""},'
        '"territory":{"geography":"France","segment":"","accounts":["Halle aux Vins"]},'
        '"quota":{"amount":"100","periods":[["2027-03-01","2028-02-29","100"]]},'
        f'"comp":{{"base":"60","target_variable":"40","plan":{plan},"terms":"2027.1"}}}}'
    )

    content = contents.from_payload(first)

    assert content.territory.accounts == ("Halle aux Vins",)
    assert content.comp.measures[0].weight == 1
    assert content.pays_target()
