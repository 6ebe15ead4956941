"""Rosters of 5,000 rows: taken over, and looked at when the company has changed since."""

import csv
import io
from collections.abc import Collection

from core.imports.mapping import guess_columns
from core.imports.readers import read_table
from core.imports.rows import Parsed, parse_rows
from events.attendance.actions import ROSTER_FIELDS, RosterReport, import_roster
from events.kickoff.models import Kickoff
from sko_planner.bench.measure import Figures, measure_once
from sko_planner.bench.place import PEOPLE, Place, Row

CHANGED = 100  # who join, who leave, and who move to another team


def taken_over(place: Place) -> Figures:
    """5,000 people under 400 managers under 20 leaders, none of whom is known yet."""
    kickoff = Kickoff.objects.create(
        slug="bench-import",
        name="Bench import",
        fiscal_year="FY28",
        starts_date=place.now.date(),
        ends_date=place.now.date(),
        owner=place.large.owner,
    )
    return measure_once(lambda: _bring(kickoff, _parsed(_file()), place), things=PEOPLE)


def difference(place: Place) -> Figures:
    """
    What the same company's next file would do, which says that it is the whole company.

    :raises RuntimeError: it does not name exactly who leaves
    """
    kickoff = Kickoff.objects.filter(slug="bench-import").first()
    if kickoff is None:
        taken_over(place)
        kickoff = Kickoff.objects.get(slug="bench-import")
    reports: list[RosterReport] = []

    def look() -> None:
        parsed = _parsed(_file(CHANGED))
        reports.append(_bring(kickoff, parsed, place, leavers=None, dry_run=True))

    figures = measure_once(look, things=PEOPLE)
    if len(reports[0].leaving) != CHANGED:
        raise RuntimeError(f"{len(reports[0].leaving)} people leave.")
    return figures


def _bring(
    kickoff: Kickoff,
    parsed: Parsed,
    place: Place,
    *,
    leavers: Collection[int] | None = (),
    dry_run: bool = False,
) -> RosterReport:
    return import_roster(
        kickoff=kickoff,
        parsed=parsed,
        leavers=leavers,
        by=place.large.owner,
        at=place.now,
        dry_run=dry_run,
    )


def _parsed(file: bytes) -> Parsed:
    table = read_table(file, "roster.csv")
    return parse_rows(table, ROSTER_FIELDS, guess_columns(table.headers, ROSTER_FIELDS))


def _file(changed: int = 0) -> bytes:
    """The company; `changed` of its last have left, as many joined, and as many changed their team."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["full_name", "email", "job_title", "region", "team", "manager", "country"])
    here = [*range(PEOPLE - changed), *range(PEOPLE, PEOPLE + changed)]
    for number in here:
        manager = f"bench{number % 400}@import.example" if number >= 400 else ""
        if 20 <= number < 400:
            manager = f"bench{number % 20}@import.example"
        moves = 1000 <= number < 1000 + changed
        rows.writerow(
            [
                f"Bench Person {number}",
                f"bench{number}@import.example",
                "Account executive",
                f"Region {number % 5}",
                f"Team {(number + moves) % 400}",
                manager,
                "PT",
            ]
        )
    return text.getvalue().encode()


FILES = (
    Row("import of a 5,000-row roster", taken_over, Figures(times=4_500)),
    Row("who joins, moves and leaves by 5,000 rows", difference, Figures(times=3_000)),
)
