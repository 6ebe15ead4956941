"""Who makes letters, and when: after a release, a signature, and each minute what is left."""

from datetime import timedelta

import pytest

from core.due import ticks
from events.packets.delivery.actions import import_packets
from events.packets.delivery.hooks import follow_release, follow_signature
from events.packets.delivery.rules.rows import PacketRow, Rep
from events.packets.letters import tasks
from events.packets.letters.actions import rendering
from events.packets.letters.models import LetterFile
from events.tests.factories import packet_content
from events.tests.packets.delivery.importing import approve_all, release_all
from events.tests.packets.letters.times import AT

pytestmark = pytest.mark.django_db
State = LetterFile.State


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    monkeypatch.setattr(rendering, "draw_letter", lambda *args, **kwargs: (b"%PDF-", 3))


def test_letters_follow_releases_and_signatures():
    assert tasks.follow_release in [one.function for one in follow_release.registered]
    assert tasks.follow_signature in [one.function for one in follow_signature.registered]


def test_a_release_queues_in_its_own_transaction_and_workers_begin_after_it(
    world, django_capture_on_commit_callbacks
):
    by = {"kickoff": world.kickoff, "by": world["revops"], "at": AT}
    content = packet_content(base="85000")
    rows = [PacketRow(rep=Rep(world["rep"].pk, "", "", content.identity), content=content)]
    import_packets(rows=rows, **by)
    approve_all(world.kickoff, at=AT)

    with django_capture_on_commit_callbacks() as callbacks:
        release_all(world.kickoff, at=AT)

    assert LetterFile.objects.get().state == State.WAITING
    assert len(callbacks) == 1
    callbacks[0]()
    assert LetterFile.objects.get().state == State.READY


def test_many_letters_start_a_few_tasks(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.start(500)
        tasks.start(0)

    assert len(callbacks) == tasks.LANES


def test_a_tick_gives_back_what_died_and_starts_what_nobody_is_at(
    world, django_capture_on_commit_callbacks
):
    tasks.follow_release([world.things["rep"], world.things["peer"]], AT)
    first = LetterFile.objects.first()
    LetterFile.objects.filter(pk=first.pk).update(state=State.RENDERING, leased_until=AT, tries=1)

    with django_capture_on_commit_callbacks(execute=True):
        result = ticks.run_tick(AT + timedelta(minutes=1))

    assert result["letters"] == {"recovered": 1, "waiting": 2}
    assert set(LetterFile.objects.values_list("state", flat=True)) == {State.READY}


def test_a_broker_that_is_down_does_not_undo_a_release(
    world, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.render, "delay", down)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.follow_release([world.things["rep"]], AT)

    assert LetterFile.objects.get().state == State.WAITING
