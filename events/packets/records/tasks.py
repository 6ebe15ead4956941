from celery import shared_task
from django.utils import timezone

from events.packets.records import actions


@shared_task(name="events.packets.records.build_handout", acks_late=True)
def build_handout(*, handout_id: int, **_: object) -> bool:
    """
    Make the parts of a handout for a while, then hand on. Neither argument nor result says more
    than a number: what is made is sealed in its row.
    """
    left = actions.build_handout(handout_id=handout_id, at=timezone.now())
    if left:
        build_handout.delay(handout_id=handout_id)
    return left
