"""Many workers at once: each letter is made by one."""

import pytest

from core.tests.races import at_once
from events.packets.letters.actions import queue_letters, rendering
from events.packets.letters.models import LetterFile
from events.tests.factories import PacketVersionFactory
from events.tests.packets.letters.times import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_workers_share_the_letters_and_make_none_twice(world, monkeypatch):
    made = []

    def make(version, kind, language, at, brand=None):
        made.append(version.pk)
        return b"%PDF-", 3

    monkeypatch.setattr(rendering, "draw_letter", make)
    versions = [PacketVersionFactory(packet__kickoff=world.kickoff) for _ in range(24)]
    queue_letters(versions=versions, at=AT)

    done = at_once(lambda: rendering.render_batch(at=AT, seconds=30), times=4)

    assert sum(one.ready for one in done) == 24
    assert sorted(made) == sorted(version.pk for version in versions)
    assert set(LetterFile.objects.values_list("state", flat=True)) == {"READY"}


def test_two_releases_at_once_queue_each_letter_once(world):
    versions = [world.things["rep"], world.things["peer"]]

    at_once(lambda: queue_letters(versions=versions, at=AT), times=2)

    assert LetterFile.objects.count() == 2
