import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from people.accounts.models import Person
from sko_planner.bench import reference
from sko_planner.bench.measure import Figures, Result, Took, measure, multiples, took
from sko_planner.bench.place import zone_at_ten
from sko_planner.bench.rows import ROWS, NoSuchRow, chosen
from sko_planner.management.commands.bench import write_results


def test_what_was_measured_is_kept_in_a_folder_outside_the_project_too(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    name = {"sqlite": "bench.json", "postgresql": "bench-postgresql.json"}[connection.vendor]

    assert write_results([{"name": "home"}]) == tmp_path / name
    assert json.loads((tmp_path / name).read_text()) == [{"name": "home"}]


def test_the_reference_shows_a_fixed_table_and_asks_no_database(rf):
    page = reference.table(rf.get("/reference"))

    assert page.content.count(b"<tr>") == len(reference.ROWS) == 50


def test_time_is_told_in_multiples_of_what_the_reference_took_beside_it():
    beside = [Took(cpu=cpu, wall=9, database=0) for cpu in (2, 5, 4)]

    assert multiples(20, beside) == Figures(cpu_ms=20, times=5, reference_ms=4)


@pytest.mark.django_db
def test_statements_and_their_time_are_counted_for_each_call():
    figures = measure(lambda: [Person.objects.count() for _ in range(3)], runs=2, warm=1)

    assert figures.queries == 3
    assert figures.db_ms is not None
    assert figures.db_share == pytest.approx(figures.db_ms / figures.cpu_ms, abs=0.02)


@pytest.mark.django_db
def test_time_in_the_database_is_that_of_its_work_and_not_of_ours():
    def call():
        Person.objects.count()
        sum(range(3_000_000))

    both, ours = took(call), took(lambda: sum(range(3_000_000)))

    assert 0 < both.database < both.cpu / 2
    assert ours.database == 0


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_database_that_waits_takes_no_time():
    with connection.cursor() as cursor:
        waiting = took(lambda: cursor.execute("SELECT pg_sleep(0.2)"))

    assert waiting.wall > 200
    assert waiting.database < 100


@pytest.mark.parametrize("hour", range(24))
def test_it_is_ten_where_the_event_is_at_any_hour(hour):
    now = datetime(2030, 1, 1, hour, 30, tzinfo=UTC)

    assert now.astimezone(zone_at_ten(now)).hour == 10


def test_a_row_says_what_is_over_and_its_times_in_multiples_too():
    figures = Figures(queries=3, times=12.5, cpu_ms=25, db_ms=5, reference_ms=2)

    slow = Result("home", figures, Figures(queries=3, times=10)).as_line()
    quick = Result("home", figures, Figures(queries=3, times=13)).as_line()

    assert "queries 3 (budget 3)  times 12.5 (budget 10)  cpu_ms 25 = ×12.5" in slow
    assert "db_ms 5 = ×2.5  reference_ms 2" in slow
    assert slow.endswith("OVER BUDGET")
    assert "OVER" not in quick


def test_a_figure_that_is_missing_does_not_keep_its_budget():
    assert not Result("home", Figures(), Figures(times=10)).within


def test_rows_are_chosen_by_words_in_their_names():
    assert [row.name for row in chosen(["agenda", "roster page"])] == [
        "released agenda page, 300 sessions",
        "roster page, 50 of 5,000",
    ]
    assert chosen([]) == list(ROWS)


def test_a_word_that_no_row_has_is_refused_before_anything_is_seeded():
    with pytest.raises(NoSuchRow, match="nonsense"):
        chosen(["agenda", "nonsense"])
    with pytest.raises(CommandError, match="“nonsense”"):
        call_command("bench", rows="agenda, nonsense")


def test_no_budget_is_in_time_of_the_clock():
    budgets = [row.budget for row in ROWS]

    assert {(b.cpu_ms, b.db_ms, b.p50_ms, b.p95_ms) for b in budgets} == {(None,) * 4}
