import pytest

from core.imports.mapping import (
    Field,
    MappingRefused,
    guess_columns,
    require_columns,
    unused_columns,
)

FIELDS = [
    Field("full_name", "Full name", required=True, aliases=("name", "sales agent")),
    Field("email", "E-mail", aliases=("mail",)),
    Field("region", "Region"),
]


def test_columns_are_found_by_key_label_and_alias_whatever_case_and_signs():
    assert guess_columns(["E-Mail", "Sales_Agent", "REGIÓN"], FIELDS) == {
        "email": "E-Mail",
        "full_name": "Sales_Agent",
        "region": "REGIÓN",
    }


def test_words_of_a_header_may_be_shortened():
    fields = [
        Field("employee_id", "Employee id"),
        Field("function", "Function", aliases=("department",)),
        Field("manager", "Manager", aliases=("manager e-mail",)),
    ]

    assert guess_columns(["EmpID", "Dept", "Mgr_Email"], fields) == {
        "employee_id": "EmpID",
        "function": "Dept",
        "manager": "Mgr_Email",
    }


def test_columns_that_hold_no_field_are_named_in_their_order():
    headers = ["Shoe size", "name", "Badge"]

    assert unused_columns(guess_columns(headers, FIELDS), headers) == ["Shoe size", "Badge"]


def test_columns_with_a_slip_of_the_pen_are_found_and_no_column_twice():
    assert guess_columns(["Full nmae", "Regions"], FIELDS) == {
        "full_name": "Full nmae",
        "region": "Regions",
    }


def test_an_equal_name_wins_over_an_alike_one():
    assert guess_columns(["names", "name"], FIELDS)["full_name"] == "name"


def test_what_a_person_says_comes_first():
    assert guess_columns(["name", "agent"], FIELDS, {"full_name": "agent"}) == {
        "full_name": "agent"
    }
    assert guess_columns(["name", "mail"], FIELDS, {"email": ""}) == {"full_name": "name"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"nick": "name"}, "no field “nick”. The fields are “full_name”, “email”, “region”"),
        ({"email": "e-post"}, "no column “e-post”. The file has the columns “name”, “mail”"),
        ({"email": "mail", "region": "mail"}, "“mail” is used for two fields"),
    ],
)
def test_a_mapping_to_what_is_not_there_is_refused(given, message):
    with pytest.raises(MappingRefused, match=message):
        guess_columns(["name", "mail"], FIELDS, given)


def test_a_missing_column_is_named_with_what_the_file_has():
    with pytest.raises(MappingRefused, match=r"No column holds “Full name”.*“who”, “mail”"):
        require_columns({"email": "mail"}, ["who", "mail"], FIELDS)
