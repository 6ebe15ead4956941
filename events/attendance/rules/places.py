"""Where the people of a file work, as far as it says."""

from collections.abc import Mapping
from typing import Any

from core.imports.rows import Parsed, ParsedRow
from people.calendar.rules import no_such_part, read_subdivision


def read_part_of_country(parsed: Parsed, row: ParsedRow, stored: Mapping[str, Any]) -> None:
    """
    Take a part of a country by its code or name for the code, in the country of the row or, where
    it says none, the one that is known; else it is wrong in the row.
    """
    text = row.get("subdivision")
    if not text:
        return
    country = row.get("country") or stored.get("country", "")
    part = read_subdivision(text, country)
    if part is None:
        parsed.add_problem(row, "subdivision", no_such_part(text, country))
    else:
        row.values["subdivision"] = part
