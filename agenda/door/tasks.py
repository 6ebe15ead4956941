from datetime import datetime

from celery import shared_task
from django.utils import timezone

from agenda.door import actions
from core.due.starting import start_on_commit


@shared_task(name="agenda.door.work_badges", acks_late=True)
def work_badges(*, run_id: int, **_: object) -> None:
    """Make badges for a while, then make room. Idempotent; `**_` lets old workers take new arguments."""
    if actions.work_badges(run_id=run_id, at=timezone.now()):
        work_badges.delay(run_id=run_id)


def start(run_id: int) -> None:
    """Start the work once this transaction is over."""
    start_on_commit(work_badges, run_id=run_id)


def tick(at: datetime) -> dict[str, int]:
    """Start what nobody works at, in case its task was lost, and drop old files."""
    waiting = actions.tend_badges(at)
    for run_id in waiting:
        start(run_id)
    return {"waiting": len(waiting)}
