import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

HEADS = "id,region,team,manager,function,hired,top,value\n"


def line(number, **said):
    team = number % 9
    values = {
        "id": f"p{number}",
        "region": ("Americas", "EMEA", "Asia-Pacific")[team % 3],
        "team": f"t{team}",
        "manager": "" if number < 9 else f"p{team}",
        "function": "Sales",
        "hired": "2024-03-01",
        "top": "yes" if number % 3 == 0 else "no",
        "value": str(number * 1000),
    }
    return ",".join({**values, **said}.values()) + "\n"


@pytest.fixture
def solve(tmp_path):
    def run(*lines, **options):
        file = tmp_path / "people.csv"
        file.write_text(HEADS + "".join(lines))
        out = StringIO()
        call_command("solve_groups", str(file), stdout=out, seconds=0, **options)
        return out.getvalue()

    return run


def test_groups_come_out_as_json_with_everybody_in_one_place_a_round(solve):
    told = json.loads(solve(*map(line, range(60)), rounds=2, size=(5, 10), as_json=True))
    assert set(told) == {"rounds", "proven", "gap", "unmet"}
    for groups in told["rounds"]:
        people = [one for group in groups for one in [group["facilitator"], *group["members"]]]
        assert sorted(people) == sorted(f"p{n}" for n in range(60))
        assert all(5 <= len(group["members"]) <= 10 for group in groups)
    assert 0 <= told["gap"] < 1


def test_what_cannot_be_is_refused_with_its_reason(solve):
    with pytest.raises(CommandError, match="cannot meet afresh twice"):
        solve(*map(line, range(60)), rounds=2, size=(9, 10))


def test_bad_rows_are_named_by_line_and_column(solve):
    with pytest.raises(CommandError) as refused:
        solve(
            line(0),
            line(1, id="p0"),
            line(2, hired="last spring"),
            line(3, top="maybe"),
            line(4, value="a lot"),
            line(5, manager="p5"),
        )
    for place in ("3, column “id”", "4, column “hired”", "5, column “top”", "6, column “value”"):
        assert f"Row {place}" in str(refused.value)
    assert "Row 7, column “manager”: Nobody is their own manager." in str(refused.value)
