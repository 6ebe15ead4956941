from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.mapping import guess_columns
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.actions import ROSTER_FIELDS
from events.attendance.rules import addresses, roster
from events.attendance.rules.names import puts_last_names_first, read_name
from events.attendance.rules.planned import Known, changed_values

PATTERN = "{first}.{last}@x.example"


@pytest.mark.parametrize(
    ("written", "full", "address"),
    [
        ("Silva, Ana", "Ana Silva", "ana.silva"),
        ("de Souza, Ana Maria", "Ana Maria de Souza", "ana.souza"),
        ("Silva, Ana, PhD", "Ana Silva, PhD", "ana.silva"),
        ("Silva, PhD, Ana", "Ana Silva, PhD", "ana.silva"),
        ("Silva, Ana (she/her)", "Ana Silva", "ana.silva"),
        ("Ana Silva - Contractor", "Ana Silva - Contractor", "ana.silva"),
        ("Ana Silva (Contractor)", "Ana Silva (Contractor)", "ana.silva"),
        ("Ana Silva (she/her)", "Ana Silva (she/her)", "ana.silva"),
        ("Ana Silva they/them", "Ana Silva they/them", "ana.silva"),
        ("Dr. Ana Silva", "Dr. Ana Silva", "ana.silva"),
        ("Prof. Dr. Ana Silva, PhD, MBA", "Prof. Dr. Ana Silva, PhD, MBA", "ana.silva"),
        ("Ana Silva Ph.D.", "Ana Silva Ph.D.", "ana.silva"),
        ("John Low Jr.", "John Low Jr.", "john.low"),
        ('Robert "Bob" Low', 'Robert "Bob" Low', "robert.low"),
        ("Robert (Bob) Low", "Robert (Bob) Low", "robert.low"),
        ("Yo-Yo Ma", "Yo-Yo Ma", "yo-yo.ma"),
        ("M. Night Shyamalan", "M. Night Shyamalan", "m.shyamalan"),
        ("Sir Mix", "Sir Mix", "sir.mix"),
        ("José María de la Cruz", "José María de la Cruz", "jose.cruz"),
    ],
)
def test_what_is_around_a_name_is_in_no_address(written, full, address):
    assert read_name(written).full == full
    assert addresses.address_from(PATTERN, full) == f"{address}@x.example"


@pytest.mark.parametrize(
    "written",
    ["Ana Silva, Lisbon", "Silva, Ana, Lisbon", "Ana Silva (Lisbon)", "Ana Silva - Lisbon",
     "Ana Silva / Bo Ek", "Desk 2", "Ana & Bo Silva", "Silva; Ana"],
)  # fmt: skip
def test_what_is_not_clearly_first_and_last_makes_no_address_and_stays_as_it_is(written):
    assert (read_name(written).full, read_name(written).plain) == (written, "")
    with pytest.raises(ValueError, match="not clear what the first and the last name are"):
        addresses.address_from(PATTERN, written)
    assert addresses.address_from("{employee_id}@x.example", written, "E7") == "e7@x.example"


def test_a_column_that_puts_last_names_first_tells_what_a_comma_parts():
    names = ["García Márquez, Gabriel", "Ek, Bo", "Madonna"]

    assert puts_last_names_first(names)
    assert read_name(names[0]).plain == ""
    assert read_name(names[0], last_first=True).full == "Gabriel García Márquez"
    assert not puts_last_names_first(["Ana Silva, PhD", "Bo Ek, MBA"])


@given(st.text(max_size=40), st.booleans())
def test_whatever_is_written_there_is_a_name(written, last_first):
    name = read_name(written, last_first=last_first)

    assert name.written == written
    with suppress(ValueError):
        assert "," not in addresses.address_from(PATTERN, name.full)


def _plan(text, company=()):
    table = read_table(text.encode())
    columns = guess_columns(table.headers, ROSTER_FIELDS)
    parsed = parse_rows(table, ROSTER_FIELDS, columns)
    planned = roster.plan_roster(parsed, company, PATTERN)
    return planned, [str(error) for error in parsed.problems]


def test_a_manager_is_found_however_the_name_is_written():
    planned, wrong = _plan(
        'full_name,manager\n"Silva, Ana",Dr. Jan Novak\n"Novak, Jan",\n"Ek, Bo","Silva, Ana"\n'
    )

    assert wrong == []
    assert {each.full_name: each.manager and each.manager.full_name for each in planned} == {
        "Ana Silva": "Jan Novak",
        "Jan Novak": None,
        "Bo Ek": "Ana Silva",
    }
    assert planned[0].email == "ana.silva@x.example"


def test_a_row_without_a_clear_name_is_refused_by_row():
    _planned, wrong = _plan("full_name\nAna Silva\nBo Ek (Lisbon)\n")

    assert wrong == [
        "Row 3, column “full_name”: It is not clear what the first and the last name are in “Bo Ek "
        "(Lisbon)”, so no e-mail address is made of it. Write it as First Last, or add a column "
        "with e-mail addresses."
    ]


def test_a_name_that_stands_in_the_company_as_in_the_file_stays():
    known = Known(7, "ana@x.example", "Silva, Ana", stored={"full_name": "Silva, Ana"})

    (planned,), wrong = _plan('full_name,email\n"Silva, Ana",ana@x.example\n', [known])

    assert (planned.full_name, wrong) == ("Silva, Ana", [])
    assert changed_values(planned) == {}
