from datetime import UTC, datetime

import pytest

from core.due import tasks, ticks
from core.due.hooks import do_due

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_parts():
    with do_due.only():
        yield


def test_every_part_runs_at_the_moment_of_the_tick():
    seen = []

    do_due.register(lambda at: seen.append(at) or {"sent": 2}, name="mail")

    assert ticks.run_tick(NOON) == {"mail": {"sent": 2}}
    assert seen == [NOON]


def test_a_part_that_raises_is_reported_and_the_others_run(caplog):
    def broken(at):
        raise ValueError("no such table")

    do_due.register(broken, name="touches")
    do_due.register(lambda at: {"sent": 1}, name="mail")

    assert ticks.run_tick(NOON) == {
        "touches": {"error": "ValueError: no such table"},
        "mail": {"sent": 1},
    }
    assert "The tick of touches failed" in caplog.text


def test_a_part_registered_twice_runs_once():
    for _ in range(2):
        do_due.register(lambda at: {"sent": 1}, name="mail")

    assert ticks.run_tick(NOON) == {"mail": {"sent": 1}}


def test_beat_finds_the_tick_by_the_name_in_the_settings(settings):
    assert settings.CELERY_BEAT_SCHEDULE["tick"]["task"] == tasks.tick.name
    do_due.register(lambda at: {"sent": 1}, name="mail")

    assert tasks.tick.delay().result == {"mail": {"sent": 1}}
