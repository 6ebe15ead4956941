"""How far letters have come, the list of them, and all of them as one download."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from events.packets.letters import queries
from events.packets.letters.models import LetterFile, LetterRun
from events.packets.letters.queries import Count
from events.tests.factories import PacketVersionFactory
from events.tests.packets.delivery.pages import confirmed, signed_in
from events.tests.packets.letters.times import AT
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a letter"


@pytest.fixture
def put(world):
    """`put(version, ready=…)`: a letter of it, made or waiting since `AT`."""
    run = LetterRun.objects.create(kickoff=world.kickoff)

    def make(version, *, kind="LETTER", made_at=None, sealed_for=None):
        file = LetterFile(run=run, version=version, kind=kind, language="en", key="x", queued_at=AT)
        if made_at:
            file.state, file.rendered_at = "READY", made_at
            file.pdf = (sealed_for or file).sealed_file(PDF)["pdf"]
        file.save()
        return file

    return make


def versions(world, count):
    return [PacketVersionFactory(packet__kickoff=world.kickoff) for _ in range(count)]


def progress_of(world, seconds=60):
    return queries.progress(world.kickoff, AT + timedelta(seconds=seconds))


def url(world, page):
    return reverse(f"events:packets:letters:{page}", args=[world.kickoff.slug])


def test_letters_and_signed_copies_are_counted_apart_and_packets_as_packets(world, put, sign):
    mine, peer = world.things["rep"], world.things["peer"]
    sign(mine)
    put(mine, made_at=AT)
    put(mine, kind="SIGNED_COPY")

    found = progress_of(world)

    assert (found.packets, found.ready, found.expected) == (2, 1, 3)
    assert found.kinds == (Count("Letter", 1, 2), Count("Signed copy", 0, 1))
    assert list(queries.missing_of(world.kickoff, "LETTER")) == [peer]


def test_a_letter_that_was_opened_before_the_run_says_nothing_of_its_pace(world, put):
    first, *others = versions(world, 12)
    put(first, made_at=AT - timedelta(seconds=30))
    for version in others:
        put(version)

    assert progress_of(world).minutes_left is None


def test_the_rest_is_told_by_what_the_run_has_made_so_far(world, put):
    for place, version in enumerate(versions(world, 34)):
        put(version, made_at=AT + timedelta(seconds=4 * place) if 0 < place <= 10 else None)

    # Ten in forty seconds, so 24 more in 96
    assert progress_of(world, seconds=40).minutes_left == 1


def test_the_list_has_a_row_a_file_in_as_many_queries_for_any_number(
    client, world, put, django_assert_max_num_queries
):
    put(world.things["rep"], made_at=AT)
    signed_in(client, world, "revops")
    client.get(url(world, "files"))
    for version in versions(world, 12):
        put(version)

    with django_assert_max_num_queries(15):
        page = client.get(url(world, "files")).content.decode()

    assert page.count('<th scope="row">') == 13
    assert world["rep"].full_name in page
    assert "Download 1 as ZIP" in page
    assert page.count('<td class="k-hide-narrow">English</td>') == 13


def test_all_letters_come_as_one_archive_and_each_rep_can_see_it(client, world, put):
    for role in ("rep", "peer"):
        put(world.things[role], made_at=AT)
    put(versions(world, 1)[0])

    answer = confirmed(client, world, "revops").post(url(world, "download"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert [archive.read(name) for name in archive.namelist()] == [PDF, PDF]
    assert all(name.endswith("/v1-en.pdf") for name in archive.namelist())
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.get(verb="letters.downloaded").note == "2 letters"
    assert {entry.subject for entry in Entry.objects.filter(verb="packet.downloaded")} == {
        world["rep"],
        world["peer"],
    }


def test_a_letter_that_no_key_opens_is_named_and_stops_no_other(client, world, put):
    other = put(world.things["rep"], made_at=AT)
    put(world.things["peer"], made_at=AT, sealed_for=other)

    answer = confirmed(client, world, "revops").post(url(world, "download"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(archive.namelist()) == 2
    assert "could not be opened" in archive.read("README.txt").decode()


def test_where_none_is_made_there_is_nothing_to_download(client, world, put):
    put(world.things["rep"])

    page = confirmed(client, world, "revops").post(url(world, "download"), follow=True)

    assert "No letter is made yet" in page.content.decode()
    assert not Entry.objects.filter(verb="letters.downloaded").exists()


def test_who_has_not_confirmed_lately_that_it_is_them_is_asked_first(client, world, put):
    put(world.things["rep"], made_at=AT)

    answer = signed_in(client, world, "revops").post(url(world, "download"))

    assert answer.status_code == 302
    assert not Entry.objects.filter(verb="letters.downloaded").exists()
