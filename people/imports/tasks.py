from datetime import datetime

from celery import shared_task
from django.utils import timezone

from core.due.starting import start_on_commit
from people.imports import actions


@shared_task(name="people.imports.work_run", acks_late=True)
def work_run(*, run_id: int, **_: object) -> None:
    """Check or take over one file. Idempotent; `**_` lets old workers accept new arguments."""
    actions.work_run(run_id=run_id, clock=timezone.now)


def start(run_id: int) -> None:
    """Start the work once this transaction is over."""
    start_on_commit(work_run, run_id=run_id)


def tick(at: datetime) -> dict[str, int]:
    """Start what waits, in case its task was lost, and drop what was kept for a day."""
    waiting = actions.tidy_runs(at=at)
    for run_id in waiting:
        start(run_id)
    return {"waiting": len(waiting)}
