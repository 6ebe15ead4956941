"""Many workers at once: each letter is made by one."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from events.letters.actions import queue_letters, rendering
from events.letters.models import LetterFile
from events.tests.factories import PacketVersionFactory
from events.tests.letters.times import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_workers_share_the_letters_and_make_none_twice(world, monkeypatch):
    made, guard, begin = [], threading.Lock(), threading.Barrier(4)

    def make(version, kind, language, at, brand=None):
        with guard:
            made.append(version.pk)
        return b"%PDF-", 3

    monkeypatch.setattr(rendering, "_made", make)
    versions = [PacketVersionFactory(packet__kickoff=world.kickoff) for _ in range(24)]
    queue_letters(versions=versions, at=AT)

    def work(_number):
        try:
            begin.wait()
            return rendering.render_batch(at=AT, seconds=30).ready
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) == 24
    assert sorted(made) == sorted(version.pk for version in versions)
    assert set(LetterFile.objects.values_list("state", flat=True)) == {"READY"}


def test_two_releases_at_once_queue_each_letter_once(world):
    begin = threading.Barrier(2)

    def queue(_number):
        try:
            begin.wait()
            queue_letters(versions=[world.things["rep"], world.things["peer"]], at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(queue, range(2)))

    assert LetterFile.objects.count() == 2
