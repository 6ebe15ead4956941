"""Loader: Celery finds here what the capabilities define."""

from celery import shared_task

from events.packets.letters.tasks import render
from events.packets.records.tasks import build_handout

# Under their names of before, for one release: what was queued then still runs
for _former, _task in {
    "events.letters.render": render,
    "events.records.build_handout": build_handout,
}.items():
    shared_task(name=_former, acks_late=True)(_task.run)
