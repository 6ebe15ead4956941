import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.actions import ROSTER_FIELDS
from events.attendance.rules import addresses, roster
from events.attendance.rules.planned import Known

PATTERN = "{first}.{last}@example.com"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Anna Snelling", "anna.snelling@example.com"),
        ("Søren Lindqvist", "soren.lindqvist@example.com"),
        ("Mateusz Wiśniewski", "mateusz.wisniewski@example.com"),
        ("Łukasz Straße", "lukasz.strasse@example.com"),
        ("José María de la Cruz", "jose.cruz@example.com"),
        ("Siobhán O’Brien-Katz", "siobhan.obrien-katz@example.com"),
        ("Madonna", "madonna@example.com"),
    ],
)
def test_an_address_is_made_of_plain_letters(name, address):
    assert addresses.address_from(PATTERN, name) == address


@pytest.mark.parametrize("name", ["佐藤 美咲", "Ольга Иванова", "محمد علي", "Ana 美咲", "'' ''"])
def test_a_name_without_latin_letters_asks_for_a_column(name):
    with pytest.raises(ValueError, match=r"Add a column with e-mail addresses.*employee ids"):
        addresses.address_from(PATTERN, name)


def test_a_pattern_may_be_made_of_initials_and_employee_ids():
    pattern = "{first_initial}{last}@example.com"
    assert addresses.address_from(pattern, "Anna Snelling") == "asnelling@example.com"
    assert addresses.address_from("{employee_id}@example.com", "佐藤", "E-7") == "e-7@example.com"


@pytest.mark.parametrize(
    "pattern",
    [
        "team@example.com",
        "{first}.{nick}@example.com",
        "{first",
        "{first.upper}@example.com",
        "{first!r}@example.com",
        "{first:>9}@example.com",
        "{first} {last}",
    ],
)
def test_a_pattern_that_makes_no_addresses_is_refused(pattern):
    with pytest.raises(addresses.PatternRefused):
        addresses.check_pattern(pattern)


@given(st.text(max_size=40))
def test_whatever_the_name_there_is_an_ascii_address_or_a_reason(name):
    with suppress(ValueError):
        assert re.fullmatch(r"[a-z0-9.-]+@example\.com", addresses.address_from(PATTERN, name))


def _plan(text, company=(), pattern=PATTERN, by_pk=None):
    table = read_table(text.encode())
    columns = {header: header for header in table.headers}
    parsed = parse_rows(table, ROSTER_FIELDS, columns)
    return roster.plan_roster(parsed, company, pattern, by_pk), [str(e) for e in parsed.problems]


def _tree(planned):
    return {each.full_name: each.manager.full_name if each.manager else "" for each in planned}


def test_a_manager_is_found_by_name_preferred_name_address_or_id():
    planned, wrong = _plan(
        "full_name,preferred_name,email,employee_id,manager\n"
        "Ngozi Adeyemi,Goz,ngozi@x.example,E1,\n"
        "Bo Ek,,,E2,ngozi  ADEYEMI\n"
        "Ada Ek,,,E3,NGOZI@x.example\n"
        "Eve Ek,,,E4,E1\n"
        "Kim Ek,,,E5,Goz\n"
    )

    assert wrong == []
    assert set(_tree(planned).values()) == {"", "Ngozi Adeyemi"}
    assert [each.kind for each in planned] == ["MANAGER", "REP", "REP", "REP", "REP"]


def test_a_manager_without_a_row_is_created_with_what_the_reports_share():
    planned, wrong = _plan(
        "full_name,manager,region,country\nBo Ek,Celia Rouche,West,US\nAda Ek,celia rouche,West,CA\n"
    )

    (manager,) = [each for each in planned if each.row is None]
    assert wrong == []
    assert (manager.email, manager.kind) == ("celia.rouche@example.com", "MANAGER")
    assert manager.values == {"full_name": "Celia Rouche", "region": "West"}


def test_a_manager_who_is_in_the_company_is_not_created_again():
    celia = Known(7, "cr@example.com", "Celia Rouche")

    planned, wrong = _plan("full_name,manager\nBo Ek,Celia Rouche\n", [celia])

    assert wrong == []
    assert [each.known for each in planned] == [None, celia]


def test_what_people_take_part_as_follows_function_column_and_reports():
    planned, _ = _plan(
        "full_name,function,kind,manager\n"
        "Ann Ek,Sales,,\nBo Ek,Product,,Ann Ek\nCy Ek,Guest,,\nDi Ek,Sales,speaker,\n"
    )

    assert [each.kind for each in planned] == ["MANAGER", "STAFF", "GUEST", "SPEAKER"]


BO = Known(7, "bo.ek@example.com", "Bo Ek", employee_id="E7", manager_id=8)
PRIYA = Known(8, "priya.r@example.com", "Priya R", employee_id="E8", is_privileged=True)
GONE = Known(9, "gone.ek@example.com", "Gone Ek", is_active=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "full_name,email\nBo,b@x.example\nBob,B@x.example\n",
            "Row 3, column “email”: Row 2 has the e-mail address b@x.example already.",
        ),
        (
            "full_name\nBo Ek\nBo Ek\n",
            "Row 3, column “full_name”: Row 2 has the e-mail address bo.ek@example.com already.",
        ),
        (
            "full_name,employee_id\nAnn A,E1\nAnn B,E1\n",
            "Row 3, column “employee_id”: Row 2 has this employee id already.",
        ),
        (
            "full_name,email,manager\nBo,b@x.example,boss@x.example\n",
            "Row 2, column “manager”: “boss@x.example” is nobody in this file or in the company.",
        ),
        (
            "full_name,employee_id,manager\nBo Ek,E1,E404\n",
            "Row 2, column “manager”: “E404” is nobody in this file or in the company.",
        ),
        (
            "full_name,email,manager\nA,a@x.example,Sam Low\nSam Low,b@x.example,\nSam Low,c@x.example,\n",
            "Row 2, column “manager”: “Sam Low” is more than one person. "
            "Write the e-mail or the employee id.",
        ),
        (
            "full_name,manager\nBo Ek,Gone Ek\n",
            "Row 2, column “manager”: “Gone Ek” is nobody in this file or in the company.",
        ),
        (
            "full_name,manager\nAnn Ek,ann ek\n",
            "Row 2, column “manager”: ann ek cannot manage themselves.",
        ),
        (
            "full_name,manager\nTop Ek,\nAnn Ek,Cy Ek\nDi Ek,Ann Ek\nCy Ek,Di Ek\n",
            "Row 3, column “manager”: These people manage each other in a circle: "
            "Ann Ek → Cy Ek → Di Ek → Ann Ek.",
        ),
        (
            "full_name,employee_id,manager\nPriya R,E8,Bo Ek\n",
            "Row 2, column “manager”: These people manage each other in a circle: "
            "Priya R → Bo Ek → Priya R.",
        ),
        (
            "full_name\n佐藤 美咲\n",
            "Row 2, column “full_name”: The e-mail pattern makes no address of “佐藤 美咲”. Add a "
            "column with e-mail addresses, or one with employee ids and {employee_id} in the "
            "pattern.",
        ),
        (
            "full_name,time_zone,country,hire_date,function\nBo Ek,Mars,XX,1/2/27,Wizard\n",
            "Row 2, column “function”: “Wizard” is not one of Sales, Sales engineering, Customer "
            "success, Marketing, Product, Enablement, RevOps, Executive, Guest.",
        ),
        (
            "full_name,employee_id,email\nBo Ek,E7,new@example.com\n",
            "Row 2, column “email”: Bo Ek signs in as bo.ek@example.com. "
            "An import does not change e-mail addresses.",
        ),
        (
            "full_name,employee_id,email\nBo Ek,E7,priya.r@example.com\n",
            "Row 2, column “email”: This address belongs to Priya R, and the employee id to Bo Ek.",
        ),
        (
            "full_name,employee_id,email\nBo Ek,E1,bo.ek@example.com\n",
            "Row 2, column “employee_id”: Bo Ek has the employee id E7. Two people, or a slip?",
        ),
        (
            "full_name,email\nMallory,priya.r@example.com\n",
            "Row 2, column “full_name”: priya.r@example.com is the account of Priya R, "
            "which an import does not rename.",
        ),
        (
            "full_name\nGone Ek\n",
            "Row 2, column “full_name”: Gone Ek (gone.ek@example.com) is no longer active. "
            "Take the row out.",
        ),
        (
            "full_name,email,manager\nA,a@x.example,priya  r\n",
            "Row 2, column “manager”: You cannot put sellers under yourself. "
            "Let somebody else import this row.",
        ),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(text, message):
    _planned, wrong = _plan(text, [BO, PRIYA, GONE], by_pk=8)

    assert any(error.startswith(message) for error in wrong)


def test_reports_whom_somebody_has_already_may_stay_under_them():
    _planned, wrong = _plan("full_name,manager\nBo Ek,Priya R\n", [BO, PRIYA], by_pk=8)

    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "full_name,email,function,manager\nBo Ek,bo.ek@example.com,Guest,Tom T\n",
        "full_name,email,manager\nNew Seller,new@x.example,Tom T\n",
        "full_name,email,function,manager\nMid M,mid@x.example,Marketing,Priya R\n"
        "Bo Ek,bo.ek@example.com,Guest,Mid M\n",
    ],
    ids=["known, called a guest", "new, two steps below", "known, through somebody new"],
)
def test_no_import_brings_sellers_into_the_line_of_who_runs_it(text):
    bo = replace(BO, manager_id=None)
    tom = Known(20, "tom.t@example.com", "Tom T", manager_id=8, function="ENABLEMENT")

    _planned, wrong = _plan(text, [bo, PRIYA, tom], by_pk=8)

    assert [error for error in wrong if "under yourself" in error]


def test_new_staff_may_come_under_who_imports_them():
    text = "full_name,email,function,manager\nMid M,mid@x.example,Marketing,Priya R\n"

    _planned, wrong = _plan(text, [PRIYA], by_pk=8)

    assert wrong == []


def test_an_old_circle_above_somebody_ends_the_walk():
    one = Known(30, "one@example.com", "One O", manager_id=31)
    other = Known(31, "other@example.com", "Other O", manager_id=30)

    _planned, wrong = _plan("full_name,manager\nBo Ek,One O\n", [BO, PRIYA, one, other], by_pk=8)

    assert wrong == []


def test_an_empty_address_without_a_pattern_is_an_error_of_its_row():
    _planned, wrong = _plan("full_name,email\nAna Lopes,\nBo Ek,bo@x.example\n", pattern="")

    assert wrong == [
        "Row 2, column “email”: There is no e-mail address. Add one, or give an e-mail pattern."
    ]


def test_a_column_that_every_row_needs_and_no_column_holds_is_one_error():
    rows = "".join(f"Rep {chr(97 + n)} Low,E1\n" for n in range(26))

    _planned, wrong = _plan(f"full_name,manager\n{rows}", pattern="")

    assert wrong == [
        "Row 1, column “E-mail”: No column holds this, and rows need it: choose its column."
        " There is no e-mail address. Add one, or give an e-mail pattern.",
        "Row 1, column “Employee id”: No column holds this, and rows need it: choose its column."
        " Managers are named by it, such as “E1”.",
    ]


def test_every_error_of_a_row_is_said_and_none_that_only_follows_from_another():
    _planned, wrong = _plan(
        "full_name,email,employee_id,hire_date,leave_date,manager\n"
        "Sam Low,,E1,,,\n"
        "Bo Ek,bo@x.example,E2,2026-02-01,2026-01-01,Nobody Else\n"
        "Cy Ek,bo@x.example,E2,,,Sam Low\n",
        pattern="",
    )

    assert [error.split(": ")[0] for error in wrong] == [
        "Row 2, column “email”",
        "Row 3, column “leave_date”",
        "Row 3, column “manager”",
        "Row 4, column “email”",
        "Row 4, column “employee_id”",
    ]


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_a_tree_is_accepted_exactly_when_it_has_no_circle(managers):
    names = [f"P{chr(97 + n)} X" for n in range(len(managers))]
    managers = [m if m < len(managers) else -1 for m in managers]
    lines = [f"{names[n]},{names[m] if m >= 0 else ''}" for n, m in enumerate(managers)]

    _planned, wrong = _plan("full_name,manager\n" + "\n".join(lines) + "\n")

    def circular(n, seen=()):
        return n in seen or (managers[n] >= 0 and circular(managers[n], (*seen, n)))

    assert bool(wrong) == any(circular(n) for n in range(len(managers)))
