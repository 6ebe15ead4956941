"""Letters by HTTP: who gets which file, what is recorded, and the pages of RevOps."""

from shutil import which

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.packets.letters.actions import pause_letters, queue_letters, rendering
from events.packets.letters.models import LetterBrand, LetterFile
from events.packets.letters.queries import signed_copy_panel
from events.packets.letters.rendering.pictures import PROGRAM
from events.packets.letters.rules.reasons import reason_for
from events.tests.factories import PacketVersionFactory
from events.tests.packets.delivery.pages import FIGURES, signed_in, unpacked
from events.tests.packets.delivery.pages import at as packet_page
from events.tests.packets.letters.pictures import PNG
from events.tests.packets.letters.times import AT
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
State = LetterFile.State
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(world, name):
    return reverse(f"events:packets:letters:{name}", kwargs={"slug": world.kickoff.slug})


def letter_url(world, role, name="letter", number=1):
    return packet_page(world, name, role, number=number)


@pytest.fixture
def broken(monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("quota 917342")

    monkeypatch.setattr(rendering, "draw_letter", fail)


def test_a_letter_is_a_tagged_pdf_that_no_cache_keeps(client, world):
    answer = signed_in(client, world, "rep").get(letter_url(world, "rep") + "?download")

    assert answer.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in unpacked(answer.content)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="packet-fy28-v1.pdf"'
    world.things["rep"].refresh_from_db()
    assert world.things["rep"].state == "VIEWED"


def test_the_same_file_is_given_each_time(client, world):
    signed_in(client, world, "rep")
    first = client.get(letter_url(world, "rep")).content

    signed_in(client, world, "manager")
    assert client.get(letter_url(world, "rep")).content == first
    assert LetterFile.objects.get().state == State.READY


def test_a_download_of_somebody_elses_letter_is_in_the_audit_trail(client, world, sign):
    sign(world.things["rep"])
    signed_in(client, world, "manager")
    client.get(letter_url(world, "rep"))
    client.get(letter_url(world, "rep", "signed_copy"))

    entries = Entry.objects.filter(verb="packet.downloaded")
    assert {(entry.actor, entry.subject) for entry in entries} == {(world["manager"], world["rep"])}
    assert entries.count() == 2


def test_a_preview_of_a_draft_is_marked_not_sealed_and_not_kept(client, world):
    draft = PacketVersionFactory(packet__kickoff=world.kickoff, state="DRAFT")
    world.things["draft"] = draft

    answer = signed_in(client, world, "revops").get(letter_url(world, "draft"))

    assert answer.content.startswith(b"%PDF-")
    assert b"/ByteRange" not in answer.content
    assert Entry.objects.filter(verb="packet.previewed").count() == 1
    assert not LetterFile.objects.exists()


def test_a_signed_copy_is_there_once_somebody_signed(client, world, sign):
    signed_in(client, world, "rep")
    assert client.get(letter_url(world, "rep", "signed_copy")).status_code == 404

    sign(world.things["rep"])
    answer = client.get(letter_url(world, "rep", "signed_copy"))

    assert answer.status_code == 200
    assert b"/ByteRange" in answer.content
    assert 'filename="packet-fy28-v1-signed.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("role", ["planner", "executive", "other_manager", "peer", "outsider"])
def test_nobody_else_gets_a_letter_by_its_address(client, world, sign, role):
    sign(world.things["rep"])
    signed_in(client, world, role)

    for name in ("letter", "signed_copy"):
        assert client.get(letter_url(world, "rep", name)).status_code == 404
    assert not LetterFile.objects.exists()


@pytest.mark.parametrize("number", [0, 9, 99999999999])
def test_a_version_that_is_not_there_has_no_letter(client, world, number):
    signed_in(client, world, "revops")

    for name in ("letter", "signed_copy"):
        assert client.get(letter_url(world, "rep", name, number)).status_code == 404


def test_a_letter_that_cannot_be_made_is_explained_without_a_figure(client, world, broken):
    answer = signed_in(client, world, "rep").get(letter_url(world, "rep"))

    assert answer.status_code == 503
    assert "could not be laid out" in answer.content.decode()
    assert "<h1>This letter could not be made</h1>" in answer.content.decode()
    assert not FIGURES.search(answer.content.decode())
    assert not Entry.objects.filter(verb="packet.downloaded").exists()


@pytest.mark.parametrize("name", ["letter", "signed_copy"])
def test_a_browser_is_shown_that_a_letter_is_being_made_and_then_gets_it(client, world, sign, name):
    sign(world.things["rep"])
    signed_in(client, world, "rep")
    url = letter_url(world, "rep", name)

    waiting = client.get(url + "?download", headers=BROWSER)

    assert waiting.status_code == 202
    assert 'content="0; url=?now&amp;download"' in waiting.content.decode()
    assert "Content-Security-Policy" in waiting.headers
    assert "The letter is being made" in waiting.content.decode()
    assert client.get(url + "?made").status_code == 204
    assert not LetterFile.objects.filter(state=State.READY).exists()

    made = client.get(url + "?now&download", headers=BROWSER)

    assert made.content.startswith(b"%PDF-")
    assert "The letter is ready" in client.get(url + "?made").content.decode()
    again = client.get(url, headers=BROWSER)
    assert again.headers["Content-Type"] == "application/pdf"
    assert "Content-Security-Policy" not in again.headers


def test_a_browser_waits_for_each_preview_of_a_draft(client, world):
    world.things["draft"] = PacketVersionFactory(packet__kickoff=world.kickoff, state="DRAFT")
    signed_in(client, world, "revops")

    for _look in range(2):
        waiting = client.get(letter_url(world, "draft"), headers=BROWSER)
        assert "The preview is being made" in waiting.content.decode()
    shown = client.get(letter_url(world, "draft") + "?now", headers=BROWSER)

    assert shown.content.startswith(b"%PDF-")
    assert Entry.objects.filter(verb="packet.previewed").count() == 1


@pytest.mark.parametrize("role", ["planner", "peer"])
def test_nobody_else_learns_whether_a_letter_is_made(client, world, role):
    queue_letters(versions=[world.things["rep"]], at=AT)
    signed_in(client, world, role)

    assert client.get(letter_url(world, "rep") + "?made").status_code == 404
    assert client.get(letter_url(world, "rep"), headers=BROWSER).status_code == 404


def test_the_page_teaches_while_there_is_no_letter(client, world):
    world.things["rep"].packet.versions.filter().update(state="SUPERSEDED")
    LetterFile.objects.all().delete()

    text = signed_in(client, world, "revops").get(page(world, "run")).content.decode()

    assert "2 released packets have no letter yet" in text
    assert "Make 2 letters" in text
    assert "0 of 0" not in text


def test_the_page_shows_how_far_it_is_and_goes_on_asking(client, world):
    queue_letters(versions=[world.things["rep"], world.things["peer"]], at=AT)
    signed_in(client, world, "revops")

    going = client.get(page(world, "run")).content.decode()
    assert "0 of 2 files made" in going
    assert 'hx-trigger="every 2s"' in going

    pause_letters(kickoff=world.kickoff, by=world["revops"], at=AT)
    paused = client.get(page(world, "progress")).content.decode()
    assert "Paused, with 2 letters to make" in paused
    assert "every 2s" not in paused


def test_what_is_missing_is_made_from_the_page(
    client, world, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(rendering, "draw_letter", lambda *args, **kwargs: (b"%PDF-", 3))
    signed_in(client, world, "revops")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(world, "start"))

    assert set(LetterFile.objects.values_list("state", flat=True)) == {State.READY}
    assert "All letters are made" in client.get(page(world, "run")).content.decode()


def test_what_failed_is_shown_with_its_reason_and_tried_again(client, world, broken):
    queue_letters(versions=[world.things["rep"]], at=AT)
    rendering.render_batch(at=AT)
    signed_in(client, world, "revops")

    text = client.get(page(world, "run")).content.decode()
    assert "1 letter needs you" in text
    assert reason_for(ValueError()) in text
    assert not FIGURES.search(text)

    client.post(page(world, "again"), {"file": LetterFile.objects.get().pk})
    assert LetterFile.objects.get().state == State.WAITING


@pytest.mark.parametrize("file", ["x", "-1", "٣", "9" * 30, "1 or 1=1"])
def test_a_file_that_is_none_changes_nothing(client, world, file):
    answer = signed_in(client, world, "revops").post(page(world, "again"), {"file": file})

    assert answer.status_code == 302
    assert not Entry.objects.filter(verb="letters.tried_again").exists()


def test_letters_are_paused_and_resumed_from_the_page(client, world):
    queue_letters(versions=[world.things["rep"]], at=AT)
    signed_in(client, world, "revops")

    client.post(page(world, "pause"))
    assert "Paused" in client.get(page(world, "run")).content.decode()
    client.post(page(world, "resume"))
    assert "Making 1 more letter" in client.get(page(world, "run")).content.decode()


def test_the_page_asks_the_database_as_often_for_many(client, world, django_assert_max_num_queries):
    signed_in(client, world, "revops")
    counts = []
    for more in (1, 4):
        for _number in range(more):
            version = PacketVersionFactory(packet__kickoff=world.kickoff)
            queue_letters(versions=[version], at=AT)
        LetterFile.objects.update(state="FAILED", problem="x")
        with django_assert_max_num_queries(22) as captured:
            client.get(page(world, "run"))
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_a_look_is_saved_and_shown(client, world):
    signed_in(client, world, "revops")
    data = {
        "ink": "#331122",
        "accent": "#aa1144",
        "opening": "Hello <b>",
        "logo": SimpleUploadedFile("logo.png", PNG),
    }

    answer = client.post(page(world, "brand"), data, follow=True)

    assert "Saved as edition 1" in answer.content.decode()
    saved = LetterBrand.objects.get()
    assert (saved.ink, saved.accent, saved.opening) == ("#331122", "#aa1144", "Hello <b>")
    logo = client.get(page(world, "logo"))
    assert logo.headers["Content-Type"] == "image/png"
    assert logo.content == bytes(saved.logo)
    assert client.get(page(world, "sample")).content.startswith(b"%PDF-")


def test_a_look_that_cannot_be_is_explained_beside_the_field(client, world):
    data = {"ink": "#eeeeee", "accent": "#0a757b", "logo": SimpleUploadedFile("a.svg", b"<svg/>")}

    answer = signed_in(client, world, "revops").post(page(world, "brand"), data)

    assert answer.status_code == 422
    assert "Too pale" in answer.content.decode()
    assert "no PNG or JPEG" in answer.content.decode()
    assert not LetterBrand.objects.exists()


def test_a_preview_shows_what_is_not_saved_or_what_is_wrong(client, world):
    signed_in(client, world, "revops")

    shown = client.post(page(world, "preview"), {"ink": "#331122", "accent": "#aa1144"})
    wrong = client.post(page(world, "preview"), {"ink": "pale", "accent": "#aa1144"})

    drawn = "data:image/png;base64," in shown.content.decode()
    assert drawn is (which(PROGRAM) is not None)
    assert "Write a colour" in wrong.content.decode()
    assert not LetterBrand.objects.exists()


def test_beside_a_version_stands_its_signed_copy_once_it_is_signed(world, sign):
    version = world.things["rep"]
    assert signed_copy_panel(version, world["rep"]) is None

    sign(version)

    assert signed_copy_panel(version, world["rep"]).context["number"] == version.number


def test_the_rep_finds_the_signed_copy_beside_their_packet(client, world, sign):
    version = world.things["rep"]
    sign(version)

    mine = signed_in(client, world, "rep").get(packet_page(world, "mine")).content.decode()

    copy = reverse(
        "events:packets:letters:signed_copy",
        args=[world.kickoff.slug, version.packet_id, version.number],
    )
    assert "Download your signed copy" in mine
    assert f"{copy}?download" in mine
