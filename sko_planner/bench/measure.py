import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

FLOORS = ("rate", "ratio")


@dataclass
class Figures:
    """
    What was measured of one thing. A field that does not apply is None.

    `queries` counts SQL statements; `cpu_ms` is this process's own time for one call, warm (the
    median); `p50_ms` and `p95_ms` are wall clock; `rate` is things a second. `ratio` is how many
    times as fast as what it is held against; `growth_mb` what memory grew by; `count` a number.
    """

    queries: int | None = None
    cpu_ms: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
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


def measure(call: Callable[[], object], *, runs: int = 30, warm: int = 3) -> Figures:
    """Call something often enough to know: `warm` calls are thrown away, `runs` are timed."""
    for _ in range(warm):
        call()
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)
    cpu, wall = [], []
    for _ in range(runs):
        cpu_from, wall_from = time.process_time(), time.perf_counter()
        call()
        cpu.append((time.process_time() - cpu_from) * 1000)
        wall.append((time.perf_counter() - wall_from) * 1000)
    return Figures(
        queries=queries,
        cpu_ms=round(statistics.median(cpu), 2),
        p50_ms=round(statistics.median(wall), 2),
        p95_ms=round(statistics.quantiles(wall, n=20)[-1], 2),
    )


def measure_once(call: Callable[[], object], *, things: int) -> Figures:
    """Time something that can be done only once, such as an import of so many `things`."""
    cpu_from, wall_from = time.process_time(), time.perf_counter()
    call()
    wall = time.perf_counter() - wall_from
    return Figures(
        cpu_ms=round((time.process_time() - cpu_from) * 1000, 1),
        p50_ms=round(wall * 1000, 1),
        rate=round(things / wall, 1),
    )


def _present(figures: Figures) -> dict[str, Any]:
    return {key: value for key, value in asdict(figures).items() if value is not None}
