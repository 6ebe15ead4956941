"""RevOps gives letters a look, and watches them being made."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from events.packets.letters.actions import queue_letters, rendering
from events.packets.letters.models import LetterBrand
from events.tests.packets.letters.pictures import PNG
from events.tests.packets.letters.times import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_revops_sees_the_look_before_saving_it(page, world, sign_in, axe):
    sign_in(page, world["revops"])
    page.goto(reverse("events:packets:letters:brand", kwargs={"slug": world.kickoff.slug}))

    page.get_by_label("Footer").fill("Meridane SA")
    page.set_input_files(
        "input[type=file]", {"name": "logo.png", "mimeType": "image/png", "buffer": PNG}
    )
    with page.expect_response(lambda answer: "preview" in answer.url and answer.ok):
        page.get_by_label("Accent").fill("#7a1f5c")
    expect(page.locator("#sample > *").first).to_be_visible()
    assert axe(page) == []
    assert not LetterBrand.objects.exists()

    page.get_by_role("button", name="Save the look").click()
    expect(page.get_by_text("Saved as edition 1")).to_be_visible()
    saved = LetterBrand.objects.get()
    assert (saved.footer, saved.accent) == ("Meridane SA", "#7a1f5c")
    assert bytes(saved.logo).startswith(SimpleUploadedFile("x", PNG).read(4))


def test_revops_watches_letters_come_and_pauses_them(phone, world, sign_in, axe, monkeypatch):
    monkeypatch.setattr(rendering, "draw_letter", lambda *args, **kwargs: (b"%PDF-", 3))
    queue_letters(versions=[world.things["rep"], world.things["peer"]], at=AT)
    sign_in(phone, world["revops"])
    phone.goto(reverse("events:packets:letters:run", kwargs={"slug": world.kickoff.slug}))
    expect(phone.get_by_text("Making 2 more letters")).to_be_visible()

    phone.get_by_role("button", name="Pause").click()
    expect(phone.get_by_text("Paused, with 2 letters to make")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_role("button", name="Resume").click()
    rendering.render_batch(at=AT)

    expect(phone.get_by_text("All letters are made")).to_be_visible()
    assert axe(phone) == []


def test_a_rep_is_shown_that_the_letter_is_being_made_and_gets_it(phone, world, sign_in, axe):
    sign_in(phone, world["rep"])
    phone.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))

    # The page says so for as long as it takes, which may be too short to look at
    made = phone.expect_response(lambda answer: answer.status == 202)
    with phone.expect_download() as download, made as being_made:
        phone.get_by_text("Download the letter").click()

    assert being_made.value.url.endswith("?download")
    assert download.value.suggested_filename == "packet-fy28-v1.pdf"
    expect(phone.get_by_text("The letter is ready")).to_be_visible()
    assert axe(phone) == []
