from celery import shared_task
from django.utils import timezone

from core.due import ticks


@shared_task(name="core.due.tick", acks_late=False)
def tick(**_: object) -> dict[str, dict[str, int | str]]:
    """Run one tick. Not redelivered: the next one, a minute later, does what this one left."""
    return ticks.run_tick(timezone.now())
