from datetime import datetime

from celery import shared_task
from django.utils import timezone

from agenda.groups.actions import solving
from core.due.starting import start_on_commit


@shared_task(name="agenda.groups.work_solving", acks_late=True)
def work_solving(*, solving_id: int, **_: object) -> None:
    """Search for groups. Idempotent; `**_` lets old workers accept new arguments."""
    solving.work_solving(solving_id=solving_id, clock=timezone.now)


def start(solving_id: int) -> None:
    """Start the search once this transaction is over."""
    start_on_commit(work_solving, solving_id=solving_id)


def tick(at: datetime) -> dict[str, int]:
    """Start what waits, in case its task was lost."""
    waiting = solving.due_solvings()
    for solving_id in waiting:
        start(solving_id)
    return {"waiting": len(waiting)}
