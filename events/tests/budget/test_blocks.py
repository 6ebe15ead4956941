"""Room blocks: by night and hotel, with what a clause costs; they move with the event."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest

from core.imports.exports import write_csv
from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.budget import actions
from events.budget.actions import BlockDetails, BudgetRefused
from events.budget.forms import BlockForm
from events.budget.queries import check_readiness
from events.budget.queries.blocks import Blocks, blocks_of
from events.kickoff.hooks import Before, Severity
from events.tests.budget.factories import MONDAY, TUESDAY, make_budget, make_line

pytestmark = pytest.mark.django_db

CUTOFF = datetime(2027, 1, 19, 18, tzinfo=UTC)
FIRST, SECOND = date(2027, 2, 1), date(2027, 2, 2)


@pytest.fixture
def budget():
    return make_budget()


def block(budget, hotel="Tejo", nights=((FIRST, 150, 114), (SECOND, 155, 120)), **changes):
    details = BlockDetails(
        hotel=hotel,
        price=D(195),
        share=D("0.85"),
        cutoff_at=CUTOFF,
        nights={day: (contracted, reserved) for day, contracted, reserved in nights},
    )
    return actions.save_block(
        budget=budget, details=details, by=budget.kickoff.owner, at=MONDAY, **changes
    )


def take(budget, rows, *, dry_run=False):
    table = read_table(write_csv(["Hotel", "Night", "Reserved"], rows).encode(), "pickup.csv")
    fields = actions.pickup_fields()
    parsed = parse_rows(table, fields, guess_columns(table.headers, fields))
    return actions.import_pickup(
        budget=budget, parsed=parsed, by=budget.kickoff.owner, at=TUESDAY, dry_run=dry_run
    )


def test_each_hotel_charges_by_its_own_clause_and_nights_are_added_up(budget):
    block(budget, "Ribeira", [(FIRST, 100, 60)])
    block(budget, "Tejo", [(FIRST, 100, 100), (SECOND, 10, 9)])

    blocks = Blocks(blocks_of(budget))

    assert (blocks.lacking, blocks.fee) == (25, 25 * 195)  # 85 − 60; Tejo lacks none
    assert [
        (day, night.contracted, night.reserved, floor) for day, night, floor in blocks.nights
    ] == [
        (FIRST, 200, 160, D(170)),
        (SECOND, 10, 9, D("8.5")),
    ]
    (found,) = [
        one for one in check_readiness(budget.kickoff, MONDAY) if one.severity == Severity.IMPROVE
    ]
    assert "25 room nights" in found.text
    assert "$4,875" in found.text


def test_a_block_is_said_anew_and_another_of_its_hotel_is_refused(budget):
    first = block(budget)

    block(budget, "Tejo Sul", [(SECOND, 90, 0)], block_id=first.pk)

    (found,) = blocks_of(budget)
    assert (found.hotel, [night.date for night in found.nights.all()]) == ("Tejo Sul", [SECOND])
    with pytest.raises(BudgetRefused, match="already"):
        block(budget, "tejo sul")
    actions.delete_block(budget=budget, block_id=found.pk, by=budget.kickoff.owner, at=TUESDAY)
    assert blocks_of(budget) == []


def test_a_form_takes_the_cut_off_in_the_time_of_the_venue(budget):
    kickoff = budget.kickoff
    said = {
        "hotel": "Tejo",
        "price": "195",
        "share": "85",
        "cutoff_date": "2027-01-19",
        "cutoff_time": "18:00",
        f"contracted-{kickoff.starts_date}": "150",
    }

    form = BlockForm(said, kickoff=kickoff)
    empty = BlockForm({**said, f"contracted-{kickoff.starts_date}": ""}, kickoff=kickoff)

    assert form.is_valid()
    assert form.details.cutoff_at == datetime(2027, 1, 19, 18, tzinfo=kickoff.zone)
    assert form.details.nights == {kickoff.starts_date: (150, 0)}
    assert not empty.is_valid()


def test_reserved_nights_come_from_a_file_or_not_at_all(budget):
    found = block(budget)
    rows = [["tejo", "2027-02-01", 130], ["Tejo", "2027-02-02", 120]]

    assert take(budget, rows, dry_run=True) == (1, 1)
    assert take(budget, rows) == (1, 1)
    assert take(budget, rows) == (0, 2)
    assert list(found.nights.values_list("reserved", flat=True)) == [130, 120]

    with pytest.raises(FileRefused) as refused:
        take(
            budget,
            [
                ["Ritz", "2027-02-01", 1],
                ["Tejo", "2027-03-01", 1],
                ["Tejo", "2027-02-01", -1],
                ["Tejo", "2027-02-02", 99],
                ["Tejo", "2027-02-02", 98],
            ],
        )
    assert [(one.row, one.column) for one in refused.value.problems] == [
        (2, "Hotel"),
        (3, "Night"),
        (4, "Reserved"),
        (6, "Night"),
    ]
    assert list(found.nights.values_list("reserved", flat=True)) == [130, 120]


def test_nights_and_cut_off_move_with_the_first_day_and_days_are_counted_again(budget):
    kickoff = budget.kickoff
    block(budget)
    venue = make_line(budget, name="Venue", price=9_500, basis="DAY")
    stage = make_line(budget)
    before = Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    kickoff.starts_date += timedelta(days=1)
    kickoff.ends_date += timedelta(days=2)
    kickoff.save()

    follows = actions.move_budget(kickoff, before, kickoff.owner, TUESDAY)

    (found,) = blocks_of(budget)
    venue.refresh_from_db()
    stage.refresh_from_db()
    budget.refresh_from_db()
    assert [night.date for night in found.nights.all()] == [SECOND, date(2027, 2, 3)]
    assert found.cutoff_at == CUTOFF + timedelta(days=1)
    assert (venue.current.count, venue.current.reason) == (4, "The event has 4 days now")
    assert (stage.current.number, budget.nights) == (1, 4)
    assert len(follows.says) == 2
    same = Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    assert actions.move_budget(kickoff, same, kickoff.owner, TUESDAY) is None
