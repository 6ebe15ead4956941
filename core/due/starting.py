from typing import Any

from celery import Task
from django.db import transaction


def start_on_commit(task: "Task[..., Any]", **arguments: Any) -> None:
    """
    Start a task once this transaction is over.

    For tasks that only hasten what a row waits for: if the broker is down, that is logged, the
    page answers, and the next tick does it.
    """

    # A function with a name, not a partial: Django cannot report the failure of one without
    def send() -> None:
        task.delay(**arguments)

    transaction.on_commit(send, robust=True)
