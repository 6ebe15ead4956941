"""A budget goes out to a workbook and comes in again without loss; what is wrong is told by row and column."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.imports.exports import write_csv, xlsx_response
from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.budget import actions
from events.budget.actions import line_fields
from events.budget.models import BudgetLine, Revision
from events.budget.queries import board_of
from events.tests.budget.factories import MONDAY, TUESDAY, let_own, make_budget, make_line, revise

pytestmark = pytest.mark.django_db

HEAD = ["line", "category", "basis", "price", "currency", "rate", "rate_date", "invoiced", "paid"]


@pytest.fixture
def budget():
    return make_budget()


def filled(budget):
    """A budget with each kind of line."""
    euro = actions.note_rate(
        budget=budget,
        currency="EUR",
        worth=D("1.0750"),
        as_of_date=date(2026, 9, 1),
        by=budget.kickoff.owner,
        at=MONDAY,
    )
    make_line(budget)
    make_line(budget, name="Centro Tejo", category="VENUE", price=9_500, basis="DAY", own_count=4)
    make_line(
        budget, name="Badges", category="GIFTS", price=D("12.505"), currency="KWD", **kuwait(budget)
    )
    make_line(
        budget,
        name="=Crew, “Tejo”",
        price=10_000,
        currency="EUR",
        rate=euro,
        committed=9_000,
        invoiced=D("4500.50"),
        paid=D("0.25"),
        said=9_999,
    )
    revise(make_line(budget, name="Screens"), budget.kickoff.owner, said=39_400)
    waits = make_line(budget, name="Dinner")
    revise(waits, let_own(budget, 1), said=39_400)


def kuwait(budget):
    rate = actions.note_rate(
        budget=budget,
        currency="KWD",
        worth=D("3.25"),
        as_of_date=date(2027, 1, 4),
        by=budget.kickoff.owner,
        at=MONDAY,
    )
    return {"rate": rate}


def workbook(headers, rows):
    return xlsx_response("b.xlsx", headers, rows).content


def parsed(data, name="b.xlsx"):
    table = read_table(data, name)
    return parse_rows(table, line_fields(), guess_columns(table.headers, line_fields()))


def take(budget, data, by=None, *, dry_run=False, name="b.xlsx"):
    return actions.import_lines(
        budget=budget,
        parsed=parsed(data, name),
        by=by or budget.kickoff.owner,
        at=TUESDAY,
        dry_run=dry_run,
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_goes_out_comes_in_as_the_same(budget, kind):
    filled(budget)
    headers, rows = actions.export_rows(budget)
    data = workbook(headers, rows) if kind == "xlsx" else write_csv(headers, rows).encode()

    report = take(budget, data, name=f"b.{kind}")

    assert (report.added, report.revised, report.unchanged) == ([], [], 6)


def test_another_kickoff_takes_over_all_of_it(budget):
    filled(budget)
    headers, rows = actions.export_rows(budget)
    other = make_budget()

    report = take(other, workbook(headers, rows))

    assert len(report.added) == 6
    assert actions.export_rows(other) == (headers, rows)
    assert board_of(other).total.planned == board_of(budget).total.planned


def test_a_changed_cell_is_a_revision_and_the_file_changes_nothing_the_second_time(budget):
    make_line(budget)
    headers, rows = actions.export_rows(budget)
    rows[0][headers.index("committed")] = 4_500
    small = let_own(budget, 1_000)

    first = take(budget, workbook(headers, rows), small, dry_run=True)
    assert not Revision.objects.filter(number=2).exists()
    second = take(budget, workbook(headers, rows), small)
    third = take(budget, workbook(headers, rows), small)

    assert (first.revised, second.revised, second.waiting) == (
        ["Stage, sound and light"],
        ["Stage, sound and light"],
        1,
    )
    assert third.unchanged == 1
    assert Revision.objects.waiting().get().committed == 4_500


def test_one_wrong_row_and_nothing_is_written(budget):
    rows = [
        ["Stage", "AV and production", "event", 31_000, "USD", "", "", 0, 0],
        ["Crew", "Circus", "event", 5, "USD", "", "", 0, 0],
        ["stage", "AV", "week", 5, "USD", "", "", 0, 0],
        ["Tejo", "VENUE", "DAY", -5, "EUR", "", "", 0, 0],
        ["Bar", "FOOD", "DAY", 5, "JPY", 0.0064, "", 0, 10],
        ["", "FOOD", "DAY", 5, "USD", "", "", 0, 0],
    ]

    with pytest.raises(FileRefused) as refused:
        take(budget, workbook(HEAD, rows))

    told = [(one.row, one.column) for one in refused.value.problems]
    assert told == [
        (3, "category"),
        (4, "basis"),
        (4, "line"),
        (5, "price"),
        (5, "rate"),
        (6, "paid"),
        (6, "rate_date"),
        (7, "line"),
    ]
    assert not BudgetLine.objects.exists()


def test_the_pages_take_a_file_and_say_what_it_does(client, budget):
    client.force_login(budget.kickoff.owner)
    page = f"/k/{budget.kickoff.slug}/budget/"
    data = workbook(HEAD, [["Stage", "AV", "event", 31_000, "USD", "", "", 0, 0]])

    told = client.post(f"{page}import/", {"file": SimpleUploadedFile("b.xlsx", data)}, follow=True)
    form = told.context["shown"]
    client.post(told.request["PATH_INFO"], {**dict(form.said), "commit": "yes"})

    assert board_of(budget).total.planned == 31_000
    book = load_workbook(BytesIO(client.get(f"{page}export/").content))
    assert [cell.value for cell in book.active[2]][:5] == [
        "Stage",
        "AV and production",
        None,
        "event",
        31_000,
    ]
