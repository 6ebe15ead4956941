"""Who makes letters: a few tasks that go on until none waits, and the tick that starts them."""

from collections.abc import Sequence
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from core.due.starting import start_on_commit
from events.packets.delivery.models import PacketVersion
from events.packets.letters import actions
from events.packets.letters.models import LetterFile

LANES = 4  # tasks at once, however many workers there are: mail and ticks need a place too


@shared_task(name="events.packets.letters.render", acks_late=True)
def render(**_: object) -> None:
    """Make letters for a few seconds, then make room; `**_` lets old workers accept new ones."""
    if actions.render_batch(at=timezone.now()).more:
        render.delay()


def follow_release(versions: Sequence[PacketVersion], at: datetime) -> None:
    """Queue the letters of what is released."""
    if count := actions.queue_letters(versions=versions, at=at):
        start(count)


def follow_signature(versions: Sequence[PacketVersion], at: datetime) -> None:
    """Queue the signed copy of what is signed for."""
    if sum(actions.queue_signed_copy(version=version, at=at) for version in versions):
        start(1)


def start(count: int) -> None:
    """Start as many tasks as `count` letters need, once this transaction is over."""
    for _lane in range(min(count, LANES)):
        start_on_commit(render)


def tick(at: datetime) -> dict[str, int]:
    """Give back what dead workers held, and start tasks for what nobody is at."""
    recovered = actions.recover_letters(at=at)
    waiting = LetterFile.objects.waiting().count()
    start(max(min(waiting, LANES - LetterFile.objects.at_work(at).count()), 0))
    return {"recovered": recovered, "waiting": waiting}
