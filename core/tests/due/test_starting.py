import logging

import pytest
from celery import shared_task

from core.due.starting import start_on_commit

pytestmark = pytest.mark.django_db


@shared_task(name="core.tests.greet")
def greet(*, name):
    greet.greeted.append(name)


def test_a_task_starts_when_the_transaction_is_over(django_capture_on_commit_callbacks):
    greet.greeted = []

    with django_capture_on_commit_callbacks(execute=True):
        start_on_commit(greet, name="Aïcha")
        assert greet.greeted == []

    assert greet.greeted == ["Aïcha"]


def test_a_broker_that_is_down_is_reported_and_stops_nothing(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def down(**_):
        raise OSError("no broker")

    monkeypatch.setattr(greet, "delay", down)

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        start_on_commit(greet, name="Aïcha")

    assert "no broker" in caplog.text
