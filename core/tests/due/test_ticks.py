from datetime import UTC, datetime

import pytest

from core.due import tasks, ticks

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_parts(monkeypatch):
    monkeypatch.setattr(ticks, "_parts", {})


def test_every_part_runs_at_the_moment_of_the_tick():
    seen = []

    ticks.register("mail", lambda at: seen.append(at) or {"sent": 2})

    assert ticks.run_tick(NOON) == {"mail": {"sent": 2}}
    assert seen == [NOON]


def test_a_part_that_raises_is_reported_and_the_others_run(caplog):
    def broken(at):
        raise ValueError("no such table")

    ticks.register("touches", broken)
    ticks.register("mail", lambda at: {"sent": 1})

    assert ticks.run_tick(NOON) == {
        "touches": {"error": "ValueError: no such table"},
        "mail": {"sent": 1},
    }
    assert "The tick of touches failed" in caplog.text


def test_a_part_registered_twice_runs_once():
    for _ in range(2):
        ticks.register("mail", lambda at: {"sent": 1})

    assert ticks.run_tick(NOON) == {"mail": {"sent": 1}}


def test_beat_finds_the_tick_by_the_name_in_the_settings(settings):
    assert settings.CELERY_BEAT_SCHEDULE["tick"]["task"] == tasks.tick.name
    ticks.register("mail", lambda at: {"sent": 1})

    assert tasks.tick.delay().result == {"mail": {"sent": 1}}
