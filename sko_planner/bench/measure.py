import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sko_planner.bench import reference

FLOORS = ("rate", "ratio")
AROUND = 15  # references before what is done only once, and after it


@dataclass
class Figures:
    """
    What was measured of one thing. A field that does not apply is None.

    `queries` counts SQL statements; `cpu_ms` is this process's own time for one call, warm (the
    median), and `times` the same in multiples of the reference, which took `reference_ms` beside
    it. `db_ms` is the time of its SQL statements as `took` counts it, `db_times` the same in
    multiples of the reference, and `db_share` against `cpu_ms`. `p50_ms` and `p95_ms` are wall clock;
    `rate` is things a second. `ratio` is how many times as fast as what it is held against;
    `growth_mb` what memory grew by; `count` a number.
    """

    queries: int | None = None
    times: float | None = None
    cpu_ms: float | None = None
    db_ms: float | None = None
    db_times: float | None = None
    db_share: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    reference_ms: float | None = None
    rate: float | None = None
    ratio: float | None = None
    growth_mb: float | None = None
    count: int | None = None


@dataclass
class Result:
    """One row of the table: a name, its figures, and the budget in the same keys."""

    name: str
    figures: Figures
    budget: Figures = field(default_factory=Figures)

    def as_row(self) -> dict[str, Any]:
        """What `var/bench.json` holds."""
        return {"name": self.name, **_present(self.figures), "budget": _present(self.budget)}

    def as_line(self) -> str:
        """What the terminal shows: times of the clock in multiples of the reference too."""
        budget, beside = _present(self.budget), self.figures.reference_ms
        told = []
        for key, value in _present(self.figures).items():
            is_clock = key.endswith("_ms") and key != "reference_ms"
            multiple = f" = ×{value / beside:.1f}" if beside and is_clock else ""
            limit = f" (budget {budget[key]})" if key in budget else ""
            told.append(f"{key} {value}{multiple}{limit}")
        mark = "" if self.within else "  OVER BUDGET"
        return f"{self.name:<44} {'  '.join(told)}{mark}"

    @property
    def within(self) -> bool:
        """Whether every figure that has a budget keeps it: rate and ratio as floors."""
        figures, budget = asdict(self.figures), asdict(self.budget)
        return all(
            figures[key] is not None
            and (figures[key] >= limit if key in FLOORS else figures[key] <= limit)
            for key, limit in budget.items()
            if limit is not None
        )


@dataclass(frozen=True)
class Took:
    """
    One call, in milliseconds: of this process, by the clock, and of the database; how many
    statements it sent there.
    """

    cpu: float
    wall: float
    database: float
    queries: int = 0


def measure(call: Callable[[], object], *, runs: int = 30, warm: int = 3) -> Figures:
    """
    Call something often enough to know: `warm` calls are thrown away, `runs` are timed.

    The reference takes turns with it, so that whatever else the machine is at slows both alike.
    """
    for _ in range(warm):
        reference.answer()
        call()
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)
    beside, own = [], []
    for _ in range(runs):
        beside.append(took(reference.answer))
        own.append(took(call))
    wall = [one.wall for one in own]
    return replace(
        _held_against(beside, own),
        queries=queries,
        p50_ms=round(statistics.median(wall), 2),
        p95_ms=round(statistics.quantiles(wall, n=20)[-1], 2),
    )


def measure_once(call: Callable[[], object], *, things: int) -> Figures:
    """Time something that can be done only once, such as an import of so many `things`."""
    beside = [took(reference.answer) for _ in range(AROUND)]
    own = took(call)
    beside += [took(reference.answer) for _ in range(AROUND)]
    return replace(
        _held_against(beside, [own]),
        queries=own.queries,
        p50_ms=round(own.wall, 1),
        rate=round(things / own.wall * 1000, 1),
    )


def took(call: Callable[[], object]) -> Took:
    """Call something once, and say what it took."""
    clock, in_database, queries = database_clock(), 0.0, 0

    def watch(execute: Callable[..., object], *statement: object) -> object:
        nonlocal in_database, queries
        queries += 1
        started = clock()
        try:
            return execute(*statement)
        finally:
            in_database += clock() - started

    with connection.execute_wrapper(watch):
        cpu_from, wall_from = time.process_time(), time.perf_counter()
        call()
        cpu, wall = time.process_time() - cpu_from, time.perf_counter() - wall_from
    return Took(cpu * 1000, wall * 1000, in_database * 1000, queries)


def database_clock() -> Callable[[], float]:
    """
    A clock, in seconds, of whatever works for us in the database.

    SQLite works in this process; the rows that it reads later count as ours alone. The process of
    PostgreSQL tells its time where it runs beside us on Linux; from elsewhere we see how long we
    wait, which a busy machine makes longer.
    """
    if connection.vendor == "sqlite":
        return time.process_time
    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.info.backend_pid}")
    name = process / "comm"
    if name.exists() and name.read_text().strip() == "postgres":
        told = open(process / "schedstat", "rb", buffering=0)  # noqa: SIM115  (each time anew is slow)
        return lambda: int(os.pread(told.fileno(), 64, 0).split()[0]) / 1e9
    return time.perf_counter


def multiples(cpu_ms: float, beside: list[Took]) -> Figures:
    """Time of this process, and the same in multiples of what the reference took beside it."""
    reference_ms = statistics.median(one.cpu for one in beside)
    return Figures(
        cpu_ms=round(cpu_ms, 2),
        times=round(cpu_ms / reference_ms, 1),
        reference_ms=round(reference_ms, 2),
    )


def _held_against(beside: list[Took], own: list[Took]) -> Figures:
    cpu_ms = statistics.median(one.cpu for one in own)
    db_ms = statistics.median(one.database for one in own)
    return replace(
        multiples(cpu_ms, beside),
        db_ms=round(db_ms, 2),
        db_times=multiples(db_ms, beside).times,
        db_share=round(db_ms / cpu_ms, 2),
    )


def _present(figures: Figures) -> dict[str, Any]:
    return {key: value for key, value in asdict(figures).items() if value is not None}
